using System.Text.Json.Serialization;

namespace LiveDesk.Domain.AiAgents;

/// <summary>Why an AI agent gives a conversation to people.</summary>
public enum HandOffReason
{
    /// <summary>The customer asked for a person, or the agent decided that one is needed.</summary>
    Asked,

    /// <summary>The agent did not understand, or was not sure enough.</summary>
    [JsonStringEnumMemberName("not_understood")]
    NotUnderstood,

    /// <summary>It has answered as often as it may.</summary>
    [JsonStringEnumMemberName("turn_limit")]
    TurnLimit,

    Timeout,

    /// <summary>The model is out of order, or its answer made no sense.</summary>
    Error,

    /// <summary>The AI agent was deleted, or cannot work as it is set up.</summary>
    Misconfigured,

    /// <summary>The channel takes no free text any more.</summary>
    [JsonStringEnumMemberName("window_closed")]
    WindowClosed,

    /// <summary>The customer writes faster than anybody reads.</summary>
    Flood,
}

/// <summary>The reasons in words.</summary>
public static class HandOffReasons
{
    /// <summary>As in the reason of the unassignment: <c>ai_hand_off:turn_limit</c>.</summary>
    public static string Code(this HandOffReason reason) => "ai_hand_off:" + reason switch
    {
        HandOffReason.Asked => "asked",
        HandOffReason.NotUnderstood => "not_understood",
        HandOffReason.TurnLimit => "turn_limit",
        HandOffReason.Timeout => "timeout",
        HandOffReason.Misconfigured => "misconfigured",
        HandOffReason.WindowClosed => "window_closed",
        HandOffReason.Flood => "flood",
        _ => "error",
    };

    /// <summary>For the note that people find.</summary>
    public static string Words(this HandOffReason reason) => reason switch
    {
        HandOffReason.Asked => "a person is asked for",
        HandOffReason.NotUnderstood => "the customer was not understood",
        HandOffReason.TurnLimit => "it has answered as often as it may in one conversation",
        HandOffReason.Timeout => "no answer came in time",
        HandOffReason.Misconfigured => "the AI agent cannot work as it is set up",
        HandOffReason.WindowClosed => "the messaging window is closed",
        HandOffReason.Flood => "the customer writes too much at once",
        _ => "the AI agent failed",
    };
}
