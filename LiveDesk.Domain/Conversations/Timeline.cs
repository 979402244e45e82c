using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>A conversation's own record of what happened to it, with who and why, between its messages.</summary>
public static class Timeline
{
    /// <param name="home">Where a survey's news are written down; null: in its own conversation.</param>
    /// <returns>The entry for an event, or null where the event is no news of a conversation.</returns>
    public static Message? Entry(DomainEvent domainEvent, long sequence, ConversationId? home = null)
    {
        (ConversationId Id, string Text, Actor By)? line = domainEvent switch
        {
            ConversationOpened e => (e.Conversation.Id, $"Opened by {Words(e.Conversation.OpenedBy.Source)}", e.By),
            ConversationAssigned { Owner.Kind: OwnerKind.None } e => (e.Conversation, $"Given to team {e.TeamId} ({e.Reason})", e.By),
            ConversationAssigned e => (e.Conversation, $"Assigned to {Name(e.Owner)} ({e.Reason})", e.By),
            ConversationUnassigned e => (e.Conversation, $"Unassigned from {Name(e.Previous)} ({e.Reason})", e.By),
            CustomerArrived { Referral: { } referral } e => (e.Conversation, $"Came through {Words(referral)}", e.By),
            ConversationClosed e => (e.Conversation, $"Closed by {Words(e.ClosedBy.Source)}{Note(e.Note)}", e.By),
            ConversationReopened e => (e.Conversation, "Reopened", e.By),
            ConversationSnoozed e => (e.Conversation, e.Until is { } until ? $"Snoozed until {until.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}" : "Snoozed until a reply", e.By),
            ConversationWoken e => (e.Conversation, $"Woken ({e.Reason})", e.By),
            ConversationPrioritized e => (e.Conversation, $"Priority {Words(e.Previous)} to {Words(e.Priority)}", e.By),
            ConversationTagged e => (e.Conversation, Tags(e), e.By),
            SurveyChanged e => (home ?? e.Survey.Id.Conversation, Survey(e.Survey.State), Actor.System),
            _ => null,
        };
        if (line is not { } entry) return null;
        return new Message
        {
            Id = MessageId.Create(entry.Id, domainEvent.At, sequence),
            Direction = MessageDirection.Event,
            Author = entry.By,
            Content = new MessageContent { Kind = MessageKind.Event, Text = entry.Text },
            OccurredAt = domainEvent.At,
            ReceivedAt = domainEvent.At,
        };
    }

    private static string Words(Referral referral)
    {
        string source = referral.SourceType?.ToLowerInvariant() ?? "a link";
        string? what = referral.Headline ?? referral.Payload ?? referral.SourceId ?? referral.SourceUrl;
        return what is null ? source : $"{source}: {what}";
    }

    private static string Tags(ConversationTagged e) => string.Join("; ", new[]
    {
        e.Added.Count > 0 ? $"Tagged {string.Join(", ", e.Added)}" : null,
        e.Removed.Count > 0 ? $"Tag removed: {string.Join(", ", e.Removed)}" : null,
    }.OfType<string>());

    private static string Survey(SurveyState survey) => survey.Status switch
    {
        SurveyStatus.Scheduled => "Survey scheduled",
        SurveyStatus.Sent when survey.RemindedAt is null => "Survey sent",
        SurveyStatus.Sent => survey.NotSentReason is { } why ? $"Survey reminder not sent ({why})" : "Survey sent again",
        SurveyStatus.Answered => $"Survey answered: {survey.Answer!.Score}",
        SurveyStatus.NotSent => $"Survey not sent ({survey.NotSentReason})",
        _ => $"Survey {Words(survey.Status)}",
    };

    private static string Name(Owner owner) => owner.Name ?? owner.Id ?? "nobody";

    private static string Note(ClosingNote? note) => note?.Category is { } category ? $": {category}" : "";

    private static string Words<T>(T source) where T : struct, Enum => source.ToString().ToLowerInvariant();
}
