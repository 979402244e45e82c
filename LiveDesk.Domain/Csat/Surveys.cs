using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;

namespace LiveDesk.Domain.Csat;

/// <summary>The surveys of a contact, as part of the decisions on its conversations.</summary>
public static class Surveys
{
    /// <summary>More surveys than this are not kept with the contact; the oldest go first.</summary>
    public const int Kept = 20;

    private const string Spam = "spam";

    /// <summary>
    /// In the very transaction of the close, so that there is one survey for each close and none without. Not after a merge, not for spam, blocked or
    /// opted-out customers, and not where neither a person nor an AI agent has answered.
    /// </summary>
    public static IEnumerable<DomainEvent> OnClose(Contact contact, Conversation conversation, ConversationClosed closed, Channel channel)
    {
        CsatSettings settings = channel.Settings.Csat;
        bool asked = settings.Enabled && closed.ClosedBy.Source != ClosedSource.Merge && !conversation.Quiet
            && !contact.Blocked && !contact.IsOptedOut(channel.Id) && !Spam.Equals(closed.Note?.Category, StringComparison.OrdinalIgnoreCase)
            && (conversation.FirstReplyAt is not null || conversation.AiReplied);
        if (asked)
            yield return new SurveyChanged(
                new Survey(
                    new SurveyId(conversation.Id, conversation.Cycle), channel.Id, conversation.Owner, conversation.TeamId, closed.At,
                    new SurveyState { ExpiresAfter = settings.ExpiresAfter })
                {
                    ClosedSource = closed.ClosedBy.Source,
                    Category = closed.Note?.Category,
                    CategoryId = closed.Note?.CategoryId,
                },
                closed.At);
    }

    /// <summary>A reopened conversation takes back the survey that nobody has answered yet.</summary>
    public static IEnumerable<DomainEvent> Withdraw(Contact contact, Conversation conversation, DateTimeOffset now) =>
        contact.Surveys.Where(s => s.Id.Conversation == conversation.Id)
            .SelectMany(s => Apply(s, new ConversationWasReopened(now)));

    /// <summary>
    /// The survey that what the customer writes now may be an answer to: the last one that was asked on the channel, at the address that the customer
    /// writes from if there is one. (A contact that was made of two has two.)
    /// </summary>
    /// <param name="open">
    /// The customer's open conversation. Once somebody has answered there since the survey was last asked, a number may be the answer to that.
    /// </param>
    public static Survey? Awaiting(Contact contact, ChannelId channel, ContactIdentity from, DateTimeOffset at, Conversation? open = null)
    {
        Survey[] asked = [.. contact.Surveys.Where(s => s.Channel == channel && s.State.SentAt is not null)];
        Survey? last = asked.LastOrDefault(s => s.AskedAt?.Key == from.Key) ?? asked.LastOrDefault();
        return last?.State.AcceptsAnswerAt(at) == true && !HasMovedOn(open, last.State) ? last : null;
    }

    private static bool HasMovedOn(Conversation? open, SurveyState survey) =>
        open is not null && (open.AiReplied || open.LastHumanAt > (survey.RemindedAt ?? survey.SentAt));

    /// <summary>The surveys of two contacts that have become one, in the order of the closes.</summary>
    public static IReadOnlyList<Survey> Of(Contact primary, Contact secondary) =>
        [.. primary.Surveys.Concat(secondary.Surveys).OrderBy(s => s.ClosedAt).TakeLast(Kept)];

    /// <summary>
    /// Where what happens to a survey is written down: its conversation, or, since that of a contact which was merged into this one stays as it is,
    /// this contact's latest. Null if there is none.
    /// </summary>
    public static ConversationId? HomeOf(Survey survey, ContactState state) =>
        survey.Id.Conversation.Contact == state.Contact?.Id ? survey.Id.Conversation : state.Latest?.Id;

    /// <summary>The event, if it changes the survey.</summary>
    public static IEnumerable<DomainEvent> Apply(Survey survey, SurveyEvent happened)
    {
        SurveyOutcome outcome = SurveyTransitions.Apply(survey.State, happened);
        if (outcome.Verdict == SurveyVerdict.Changed) yield return new SurveyChanged(survey with { State = outcome.Survey }, happened.At);
    }

    /// <summary>The contact's list with the survey as it is now.</summary>
    internal static IReadOnlyList<Survey> With(IReadOnlyList<Survey> surveys, Survey changed) =>
        surveys.Any(s => s.Id == changed.Id)
            ? [.. surveys.Select(s => s.Id == changed.Id ? changed : s)]
            : [.. surveys.TakeLast(Kept - 1), changed];
}
