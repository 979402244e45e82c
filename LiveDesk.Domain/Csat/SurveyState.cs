namespace LiveDesk.Domain.Csat;

public enum SurveyStatus
{
    /// <summary>The conversation is closed; the question is not sent yet.</summary>
    Scheduled,

    /// <summary>Asked, no answer yet.</summary>
    Sent,

    /// <summary>Answered; a later answer still replaces this one.</summary>
    Answered,

    /// <summary>Answered for good.</summary>
    Locked,

    /// <summary>Nobody answered in time.</summary>
    Expired,

    /// <summary>The conversation was reopened before an answer.</summary>
    Withdrawn,

    /// <summary>Could not be asked: window closed without a template, contact blocked or opted out.</summary>
    NotSent,
}

/// <summary>One survey: there is one for each close of a conversation. Changed by <see cref="SurveyTransitions"/> alone.</summary>
public sealed record SurveyState
{
    /// <summary>An answer cannot be changed for ever: this long after the question it stands.</summary>
    public static readonly TimeSpan LockAfter = TimeSpan.FromDays(14);

    public SurveyStatus Status { get; init; } = SurveyStatus.Scheduled;

    /// <summary>How long after it was sent the survey takes answers. Default: 7 days. <see cref="LockAfter"/> is the most.</summary>
    public TimeSpan ExpiresAfter { get; init; } = TimeSpan.FromDays(7);

    public DateTimeOffset? SentAt { get; init; }

    public DateTimeOffset? RemindedAt { get; init; }

    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The last answer.</summary>
    public SurveyAnswer? Answer { get; init; }

    /// <summary>Why it, or the reminder of it, was not sent.</summary>
    public string? NotSentReason { get; init; }

    /// <summary>The first instant at which an answer comes too late; null before it is sent.</summary>
    public DateTimeOffset? AcceptsUntil => SentAt + (ExpiresAfter < LockAfter ? ExpiresAfter : LockAfter);

    /// <summary>Whether what the customer writes now may be an answer.</summary>
    public bool AcceptsAnswerAt(DateTimeOffset at) => Status is SurveyStatus.Sent or SurveyStatus.Answered && at < AcceptsUntil;
}
