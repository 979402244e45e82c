using System.Text.Json.Nodes;

namespace LiveDesk.Local.ProviderSimulator.Providers.Dialogflow;

/// <summary>A scripted answer, given in the shape of whichever version is asked.</summary>
public sealed record DialogflowAnswer
{
    /// <summary>One message each.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    /// <summary>The display name of the intent.</summary>
    public string Intent { get; init; } = "scripted";

    /// <summary>The default fallback intent (ES) or no match (CX).</summary>
    public bool Fallback { get; init; }

    public double Confidence { get; init; } = 1;

    /// <summary>Such as <c>{"RB_MARKDONE": true}</c>.</summary>
    public JsonObject? Parameters { get; init; }

    /// <summary>A custom payload among the messages.</summary>
    public JsonObject? Payload { get; init; }

    public bool AllRequiredParamsPresent { get; init; } = true;

    public bool LiveAgentHandoff { get; init; }

    public TimeSpan Delay { get; init; }
}
