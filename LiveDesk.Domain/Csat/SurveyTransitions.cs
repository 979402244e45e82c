namespace LiveDesk.Domain.Csat;

/// <summary>Something that happens to a survey.</summary>
public abstract record SurveyEvent(DateTimeOffset At);

/// <summary>The question went out.</summary>
public sealed record SurveyWasSent(DateTimeOffset At) : SurveyEvent(At);

/// <summary>The question cannot be asked.</summary>
public sealed record SurveyCouldNotBeSent(string Reason, DateTimeOffset At) : SurveyEvent(At);

/// <summary>It is time to ask once more.</summary>
/// <param name="LeftOut">Why it cannot be done; the survey goes on. Null: it is done.</param>
public sealed record SurveyReminderIsDue(DateTimeOffset At, string? LeftOut = null) : SurveyEvent(At);

/// <summary>The customer answered, in the chat or on the page.</summary>
/// <param name="At">When the customer answered, not when it arrived here.</param>
public sealed record CustomerAnswered(SurveyAnswer Answer, DateTimeOffset At) : SurveyEvent(At);

/// <summary>The conversation was opened again.</summary>
public sealed record ConversationWasReopened(DateTimeOffset At) : SurveyEvent(At);

/// <summary>A timer looks whether the time for answers is over.</summary>
public sealed record SurveyTimePassed(DateTimeOffset At) : SurveyEvent(At);

/// <summary>What became of an event.</summary>
public enum SurveyVerdict
{
    /// <summary>The survey is another now.</summary>
    Changed,

    /// <summary>Nothing to do: a repetition, or a timer that has been overtaken.</summary>
    Unchanged,

    /// <summary>Not possible; an answer in the chat is an ordinary message then.</summary>
    Refused,
}

/// <param name="Survey">As it is after the event.</param>
/// <param name="Code">Null, or why it was refused: <c>survey_not_sent</c>, <c>survey_locked</c>,
/// <c>survey_expired</c>, <c>survey_withdrawn</c>.</param>
public sealed record SurveyOutcome(SurveyState Survey, SurveyVerdict Verdict, string? Code = null);

/// <summary>Says which event may change which state of a survey. The last answer wins until the survey locks or expires.</summary>
public static class SurveyTransitions
{
    public static SurveyOutcome Apply(SurveyState survey, SurveyEvent happened)
    {
        ArgumentNullException.ThrowIfNull(survey);
        ArgumentNullException.ThrowIfNull(happened);
        return (survey.Status, happened) switch
        {
            (SurveyStatus.Scheduled, SurveyWasSent e) => Changed(survey with { Status = SurveyStatus.Sent, SentAt = e.At }),
            (SurveyStatus.Scheduled, SurveyCouldNotBeSent e) => Changed(survey with { Status = SurveyStatus.NotSent, NotSentReason = e.Reason }),
            (SurveyStatus.Scheduled or SurveyStatus.Sent, ConversationWasReopened) => Changed(survey with { Status = SurveyStatus.Withdrawn }),

            (SurveyStatus.Sent, SurveyReminderIsDue e) when survey.RemindedAt is null && e.At < survey.AcceptsUntil =>
                Changed(survey with { RemindedAt = e.At, NotSentReason = e.LeftOut }),

            (SurveyStatus.Sent or SurveyStatus.Answered, CustomerAnswered e) => Take(survey, e),

            (SurveyStatus.Sent, SurveyTimePassed e) when e.At >= survey.AcceptsUntil => Changed(survey with { Status = SurveyStatus.Expired }),
            (SurveyStatus.Answered, SurveyTimePassed e) when e.At >= survey.AcceptsUntil => Changed(survey with { Status = SurveyStatus.Locked }),

            (_, CustomerAnswered) => new SurveyOutcome(survey, SurveyVerdict.Refused, TooLate(survey.Status)),
            _ => new SurveyOutcome(survey, SurveyVerdict.Unchanged),
        };
    }

    private static SurveyOutcome Take(SurveyState survey, CustomerAnswered e)
    {
        // No timer need have fired for the time to be over.
        if (e.At >= survey.AcceptsUntil)
            return new SurveyOutcome(survey, SurveyVerdict.Refused, survey.Status == SurveyStatus.Answered ? "survey_locked" : "survey_expired");

        bool overtaken = e.At < survey.AnsweredAt;
        return overtaken || e.Answer == survey.Answer
            ? new SurveyOutcome(survey, SurveyVerdict.Unchanged)
            : Changed(survey with { Status = SurveyStatus.Answered, Answer = e.Answer, AnsweredAt = e.At });
    }

    private static string TooLate(SurveyStatus status) => status switch
    {
        SurveyStatus.Locked => "survey_locked",
        SurveyStatus.Expired => "survey_expired",
        SurveyStatus.Withdrawn => "survey_withdrawn",
        _ => "survey_not_sent",
    };

    private static SurveyOutcome Changed(SurveyState survey) => new(survey, SurveyVerdict.Changed);
}
