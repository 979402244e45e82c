using System.Text.Json.Nodes;

namespace LiveDesk.Local.ProviderSimulator.Providers.OpenAi;

/// <summary>A scripted completion.</summary>
public sealed record OpenAiAnswer
{
    public string? Text { get; init; }

    public IReadOnlyList<ScriptedToolCall> ToolCalls { get; init; } = [];

    /// <summary>As the model's own refusal.</summary>
    public string? Refusal { get; init; }

    /// <summary><c>stop</c>, or <c>tool_calls</c> where tools are called, if null.</summary>
    public string? FinishReason { get; init; }

    /// <summary>How long the model thinks.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Answered in place of everything else, with status 200.</summary>
    public JsonNode? Raw { get; init; }
}

public sealed record ScriptedToolCall
{
    public required string Name { get; init; }

    /// <summary>An object, or a text that is sent as it is.</summary>
    public JsonNode? Arguments { get; init; }
}
