namespace LiveDesk.Domain.Csat;

/// <summary>A survey of 1 to 5 with a comment, after each close.</summary>
public sealed record CsatSettings
{
    public bool Enabled { get; init; }

    /// <summary>May hold <c>{{link}}</c>; null: the default text in the contact's language.</summary>
    public string? Question { get; init; }

    /// <summary>Null: the default text in the contact's language.</summary>
    public string? Thanks { get; init; }

    /// <summary>Between close and survey.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.Zero;

    /// <summary>After the survey, once, if it is unanswered; null: never.</summary>
    public TimeSpan? ReminderAfter { get; init; }

    /// <summary>After the survey; an answer that comes later is an ordinary message.</summary>
    public TimeSpan ExpiresAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Name of the approved template that asks when the messaging window is closed; null: the survey is then not sent.</summary>
    public string? Template { get; init; }
}
