using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Csat;

namespace LiveDesk.Domain.Channels;

/// <summary>What a channel does by itself. The defaults are those of a new channel.</summary>
public sealed record ChannelSettings
{
    public GreetingSettings Greeting { get; init; } = new();
    public CsatSettings Csat { get; init; } = new();
    public BusinessHoursSettings BusinessHours { get; init; } = new();
    public AssignmentSettings Assignment { get; init; } = new();
    public AiSettings Ai { get; init; } = new();
    public ReopenSettings Reopen { get; init; } = new();
    public AutoCloseSettings AutoClose { get; init; } = new();
    public bool UnassignOnManualClose { get; init; }
    public ClosingNotePolicy ClosingNotes { get; init; } = ClosingNotePolicy.Optional;
}

/// <summary>A text sent once when a customer starts a conversation. At most 10,000 characters.</summary>
public sealed record GreetingSettings
{
    public bool Enabled { get; init; }
    public string Text { get; init; } = "";
}

public enum AssignmentStrategy
{
    /// <summary>The person with the fewest held conversations below the limit.</summary>
    Load,

    /// <summary>In turn; limits are not looked at.</summary>
    Sequential,

    /// <summary>As <see cref="Load"/>, by each person's own limit.</summary>
    CustomWorkload,
}

public sealed record AssignmentSettings
{
    /// <summary>False: conversations stay unassigned until somebody takes them.</summary>
    public bool Auto { get; init; } = true;

    public AssignmentStrategy Strategy { get; init; } = AssignmentStrategy.Load;

    /// <summary>Conversations a person of this channel holds at the most, unless the person has a limit; null: no limit.</summary>
    public int? Limit { get; init; }

    public bool KeepOwnerOnReopen { get; init; } = true;

    /// <summary>How long an owner may let a customer wait before the conversation goes to somebody else; null: for ever.</summary>
    public TimeSpan? ReassignAfter { get; init; }

    /// <summary>
    /// How long an owner may be offline before the conversations in which a customer waits go to somebody else; null: they stay. Where nobody waits
    /// the owner stays until the customer writes.
    /// </summary>
    public TimeSpan? ReassignWhenOffline { get; init; }

    /// <summary>
    /// How long after a person's reply a silent customer's conversation stops filling its owner's slot; it fills it again, above the limit if need be,
    /// when the customer writes. Null: never.
    /// </summary>
    public TimeSpan? ReleaseInactiveAfter { get; init; }
}

public sealed record AiSettings
{
    public bool Enabled { get; init; }
    public string? AiAgentId { get; init; }
}

/// <param name="Within">How long after the close a conversation may be reopened; null: never.</param>
public sealed record ReopenSettings(TimeSpan? Within = null);

/// <param name="After">How long after the last human reply, unanswered, a conversation closes by itself; null: never.</param>
public sealed record AutoCloseSettings(TimeSpan? After = null);

/// <summary>What a person must say when closing. Automation is not bound by it.</summary>
public enum ClosingNotePolicy
{
    Optional,

    /// <summary>A category is required.</summary>
    SummaryOptional,

    /// <summary>Category and summary are required.</summary>
    Required,

    /// <summary>No note is taken.</summary>
    Off,
}
