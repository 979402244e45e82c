using LiveDesk.Domain.Csat;

namespace LiveDesk.Tests.Domain.Csat;

public class When_a_survey_lives_its_life
{
    private static readonly DateTimeOffset Sent = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly SurveyAnswer Five = new(5, "muy bien"), Two = new(2);

    [Fact]
    public void The_last_answer_wins_until_the_survey_expires()
    {
        SurveyState survey = Play(new(), new SurveyWasSent(Sent), new CustomerAnswered(Two, Sent.AddDays(1)), new CustomerAnswered(Five, Sent.AddDays(6.99)));
        Assert.Equal((SurveyStatus.Answered, Five), (survey.Status, survey.Answer));
        Assert.True(survey.AcceptsAnswerAt(Sent.AddDays(6.99)));
        Assert.False(survey.AcceptsAnswerAt(Sent.AddDays(7)));

        SurveyOutcome late = SurveyTransitions.Apply(survey, new CustomerAnswered(Two, Sent.AddDays(7)));
        Assert.Equal((SurveyVerdict.Refused, "survey_locked", Five), (late.Verdict, late.Code, late.Survey.Answer));
    }

    [Fact]
    public void A_long_survey_locks_after_fourteen_days()
    {
        SurveyState survey = Play(new() { ExpiresAfter = TimeSpan.FromDays(90) }, new SurveyWasSent(Sent), new CustomerAnswered(Two, Sent.AddDays(13)));
        Assert.Equal(Sent.AddDays(14), survey.AcceptsUntil);
        Assert.Equal(SurveyVerdict.Unchanged, SurveyTransitions.Apply(survey, new SurveyTimePassed(Sent.AddDays(13.9))).Verdict);
        SurveyState locked = Play(survey, new SurveyTimePassed(Sent.AddDays(14)));
        Assert.Equal((SurveyStatus.Locked, Two), (locked.Status, locked.Answer));
        Assert.Equal("survey_locked", SurveyTransitions.Apply(locked, new CustomerAnswered(Five, Sent.AddDays(15))).Code);
    }

    [Fact]
    public void Without_an_answer_it_expires_also_if_no_timer_has_fired()
    {
        SurveyState survey = Play(new(), new SurveyWasSent(Sent));
        Assert.Equal("survey_expired", SurveyTransitions.Apply(survey, new CustomerAnswered(Five, Sent.AddDays(7))).Code);
        SurveyState expired = Play(survey, new SurveyTimePassed(Sent.AddDays(7)));
        Assert.Equal(SurveyStatus.Expired, expired.Status);
        Assert.Equal("survey_expired", SurveyTransitions.Apply(expired, new CustomerAnswered(Five, Sent.AddDays(1))).Code);
    }

    [Fact]
    public void It_is_reminded_of_once_and_only_while_nobody_answered()
    {
        SurveyState survey = Play(new(), new SurveyWasSent(Sent), new SurveyReminderIsDue(Sent.AddDays(1)));
        Assert.Equal(Sent.AddDays(1), survey.RemindedAt);
        Assert.Equal(SurveyVerdict.Unchanged, SurveyTransitions.Apply(survey, new SurveyReminderIsDue(Sent.AddDays(2))).Verdict);

        SurveyState answered = Play(new(), new SurveyWasSent(Sent), new CustomerAnswered(Five, Sent.AddHours(1)));
        Assert.Equal(SurveyVerdict.Unchanged, SurveyTransitions.Apply(answered, new SurveyReminderIsDue(Sent.AddDays(1))).Verdict);
        SurveyState over = Play(new(), new SurveyWasSent(Sent));
        Assert.Equal(SurveyVerdict.Unchanged, SurveyTransitions.Apply(over, new SurveyReminderIsDue(Sent.AddDays(7))).Verdict);
    }

    [Fact]
    public void A_reopen_withdraws_it_unless_it_is_answered()
    {
        Assert.Equal(SurveyStatus.Withdrawn, Play(new(), new ConversationWasReopened(Sent)).Status);
        SurveyState withdrawn = Play(new(), new SurveyWasSent(Sent), new ConversationWasReopened(Sent.AddHours(1)));
        Assert.Equal(SurveyStatus.Withdrawn, withdrawn.Status);
        Assert.False(withdrawn.AcceptsAnswerAt(Sent.AddHours(2)));
        Assert.Equal("survey_withdrawn", SurveyTransitions.Apply(withdrawn, new CustomerAnswered(Five, Sent.AddHours(2))).Code);

        SurveyState answered = Play(new(), new SurveyWasSent(Sent), new CustomerAnswered(Five, Sent.AddHours(1)));
        Assert.Equal(SurveyVerdict.Unchanged, SurveyTransitions.Apply(answered, new ConversationWasReopened(Sent.AddHours(2))).Verdict);
    }

    [Fact]
    public void Repeated_and_overtaken_answers_change_nothing()
    {
        SurveyState answered = Play(new(), new SurveyWasSent(Sent), new CustomerAnswered(Five, Sent.AddHours(2)));
        Assert.Equal(SurveyVerdict.Unchanged, SurveyTransitions.Apply(answered, new CustomerAnswered(Five, Sent.AddHours(3))).Verdict);
        Assert.Equal(SurveyVerdict.Unchanged, SurveyTransitions.Apply(answered, new CustomerAnswered(Two, Sent.AddHours(1))).Verdict);
    }

    [Fact]
    public void A_question_that_could_not_be_asked_has_a_reason_and_no_answer()
    {
        SurveyState survey = Play(new(), new SurveyCouldNotBeSent("window_closed", Sent));
        Assert.Equal((SurveyStatus.NotSent, "window_closed"), (survey.Status, survey.NotSentReason));
        Assert.Null(survey.AcceptsUntil);
        Assert.Equal("survey_not_sent", SurveyTransitions.Apply(survey, new CustomerAnswered(Five, Sent)).Code);
        Assert.Equal("survey_not_sent", SurveyTransitions.Apply(new SurveyState(), new CustomerAnswered(Five, Sent)).Code);
    }

    [Fact]
    public void No_event_brings_a_finished_survey_back()
    {
        SurveyEvent[] events =
        [
            new SurveyWasSent(Sent), new SurveyCouldNotBeSent("x", Sent), new SurveyReminderIsDue(Sent), new CustomerAnswered(Two, Sent),
            new ConversationWasReopened(Sent), new SurveyTimePassed(Sent.AddYears(1)),
        ];
        foreach (SurveyStatus status in new[] { SurveyStatus.Locked, SurveyStatus.Expired, SurveyStatus.Withdrawn, SurveyStatus.NotSent })
        {
            var survey = new SurveyState { Status = status, SentAt = Sent };
            Assert.All(events, e => Assert.Equal(survey, SurveyTransitions.Apply(survey, e).Survey));
        }
    }

    private static SurveyState Play(SurveyState survey, params SurveyEvent[] events)
    {
        foreach (SurveyEvent happened in events)
        {
            SurveyOutcome outcome = SurveyTransitions.Apply(survey, happened);
            Assert.Equal(SurveyVerdict.Changed, outcome.Verdict);
            survey = outcome.Survey;
        }

        return survey;
    }
}
