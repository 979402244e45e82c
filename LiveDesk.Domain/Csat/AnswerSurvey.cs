using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Csat;

/// <summary>Takes an answer to a survey, given in the chat or on the page. The last one wins until the survey locks.</summary>
public static class AnswerSurvey
{
    /// <summary>On the page.</summary>
    public static Decision Decide(ContactState state, SurveyId id, SurveyAnswer answer, DateTimeOffset now)
    {
        if (state.Contact?.Surveys.FirstOrDefault(s => s.Id == id) is not { } survey) return Refusal.NotFound("survey");
        SurveyOutcome outcome = SurveyTransitions.Apply(survey.State, new CustomerAnswered(answer, now));
        return outcome.Verdict switch
        {
            SurveyVerdict.Changed => new SurveyChanged(survey with { State = outcome.Survey }, now),
            SurveyVerdict.Refused => Refusal.Conflict(outcome.Code!, "The survey takes no answers any more."),
            _ => Decision.Nothing,
        };
    }

    /// <summary>In the chat: the answer, and a word of thanks for the first one.</summary>
    internal static IEnumerable<DomainEvent> Events(
        Survey survey, SurveyAnswer answer, Message received, Contact contact, ContactIdentity from, Channel channel, DateTimeOffset now)
    {
        bool first = survey.State.Answer is null;
        foreach (DomainEvent changed in Surveys.Apply(survey, new CustomerAnswered(answer, received.OccurredAt)))
        {
            yield return changed;
            if (first)
                yield return AutomaticMessage.To(
                    from, received.Id.Conversation, MessageContent.OfText(SurveyTexts.Thanks(channel.Settings.Csat.Thanks, contact.Language)), channel,
                    received.Id.Sequence + 1, received.OccurredAt, now);
        }
    }
}
