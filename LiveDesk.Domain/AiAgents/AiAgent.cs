using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.AiAgents;

public enum AiAgentKind
{
    /// <summary>Any endpoint that speaks OpenAI's chat completions.</summary>
    Gpt,

    /// <summary>Google Dialogflow, by <c>detectIntent</c>.</summary>
    Dialogflow,
}

/// <summary>A machine that answers customers until it hands over to a person.</summary>
public sealed record AiAgent : IResource
{
    public const int StandardMaxTurns = 20;

    public static readonly TimeSpan StandardTimeout = TimeSpan.FromSeconds(30);

    public static string Kind => "ai-agent";

    public required WorkspaceId Workspace { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required AiAgentKind AgentKind { get; init; }

    /// <summary>The model's name at the endpoint; <c>gpt</c> only.</summary>
    public string? Model { get; init; }

    /// <summary>Null: as the setting <c>LiveDesk__Providers__OpenAi__BaseUrl</c> (or <c>Dialogflow</c>) says.</summary>
    public Uri? BaseUrl { get; init; }

    public string? Instructions { get; init; }

    /// <summary>Replies per conversation, after which a person takes over.</summary>
    public int MaxTurns { get; init; } = StandardMaxTurns;

    /// <summary>How long one answer may take; then a person takes over.</summary>
    public TimeSpan Timeout { get; init; } = StandardTimeout;

    /// <summary>Google Cloud project; <c>dialogflow</c> only.</summary>
    public string? ProjectId { get; init; }

    /// <summary>Google Cloud region; <c>global</c> if absent.</summary>
    public string? Location { get; init; }

    /// <summary>The id of a Dialogflow CX agent; absent: the project's ES agent.</summary>
    public string? DialogflowAgentId { get; init; }

    /// <summary>The endpoint's API key (<c>gpt</c>) or the service account as JSON (<c>dialogflow</c>), encrypted; null if there is none.</summary>
    public string? ProtectedSecret { get; init; }

    /// <summary>The purpose under which <see cref="ProtectedSecret"/> is encrypted.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string SecretPurpose => $"ai-agent:{Workspace}:{Id}";

    public required DateTimeOffset CreatedAt { get; init; }
}
