using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;

namespace LiveDesk.Domain.Reporting;

/// <summary>What reports know of one cycle of a conversation: from its opening (or reopening) to its close. Nothing in it is personal data of a customer.</summary>
public sealed record CycleFact
{
    public required ChannelId Channel { get; init; }

    /// <summary>1 for the conversation's opening; later ones began with a reopening.</summary>
    public int Cycle { get; init; } = 1;

    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? FirstReplyAt { get; init; }

    /// <summary>The person who replied first.</summary>
    public string? FirstReplyBy { get; init; }

    /// <summary>The part of the first response time that was inside the channel's business hours.</summary>
    public TimeSpan? FirstResponseInHours { get; init; }

    /// <summary>From when its owner got it to the first reply; null: nobody had it.</summary>
    public TimeSpan? AssignedToReply { get; init; }

    /// <summary>How long people held it, snoozes left out; null: nobody did.</summary>
    public TimeSpan? HandleTime { get; init; }

    /// <summary>Null while it is open.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    public TimeSpan? ResolutionInHours { get; init; }
    public ClosedSource? ClosedSource { get; init; }

    /// <summary>The name of the closing note's category then.</summary>
    public string? Category { get; init; }

    /// <summary>Stays when the category gets another name; null: the workspace had no such category, or the fact is older than the ids.</summary>
    public string? CategoryId { get; init; }

    /// <summary>Who had it at the close, or has it now: a person or an AI agent; null: nobody.</summary>
    public string? Owner { get; init; }

    /// <summary>The owner's name then, for when there is no such owner any more.</summary>
    public string? OwnerName { get; init; }

    public string? Team { get; init; }

    /// <summary>People's replies to a customer who waited, oldest first.</summary>
    public IReadOnlyList<ReplyFact> Replies { get; init; } = [];
}

/// <param name="By">The person who replied.</param>
/// <param name="Waited">How long the customer had waited for it.</param>
/// <param name="WaitedInHours">The part of it that was inside the channel's business hours.</param>
public sealed record ReplyFact(string By, DateTimeOffset At, TimeSpan Waited, TimeSpan WaitedInHours);

/// <summary>What reports know of one survey.</summary>
/// <param name="Owner">Who had the conversation at its close; the score is credited to this person or AI agent.</param>
/// <param name="Score">1 to 5, the last answer's; null: not answered.</param>
public sealed record SurveyFact(ChannelId Channel, string? Owner, string? OwnerName, string? Team, DateTimeOffset SentAt, DateTimeOffset? AnsweredAt, int? Score)
{
    /// <summary>How the conversation was closed; null for a survey of before that was kept.</summary>
    public ClosedSource? ClosedSource { get; init; }

    /// <inheritdoc cref="CycleFact.Category"/>
    public string? Category { get; init; }

    /// <inheritdoc cref="CycleFact.CategoryId"/>
    public string? CategoryId { get; init; }
}

/// <summary>The facts of one UTC day: every cycle of which something happened on it, every survey sent on it.</summary>
public sealed record FactDay(DateOnly Day, IReadOnlyList<CycleFact> Cycles, IReadOnlyList<SurveyFact> Surveys);
