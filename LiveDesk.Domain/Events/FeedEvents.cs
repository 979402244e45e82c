using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>How the events of one outbox entry read in the feed. Ids follow from the entry, so that telling it twice is telling it once.</summary>
public static class FeedEvents
{
    public static IEnumerable<FeedEvent> Of(ContactId contact, OutboxEntry entry) =>
        entry.Events
            .Select((e, index) => Of(e, entry) is { } line
                ? new FeedEvent(
                    e is MessageStatusChanged changed ? StatusId(changed.Message) : $"ev_{contact.Key}_{Base32.Encode(entry.Sequence)}_{index}",
                    line.Type, e.At, WithChannel(line.Data, entry).ToJsonString(DomainJson.Options))
                : null)
            .OfType<FeedEvent>();

    /// <summary>A receipt's line; the same status of the same attempt is told once.</summary>
    public static FeedEvent OfStatus(Message message, DateTimeOffset at) =>
        new(StatusId(message), "message.status", at, Status(message).ToJsonString(DomainJson.Options));

    /// <summary>A customer's file has been fetched, or will never be.</summary>
    public static FeedEvent OfAttachment(Message message, string attachmentId, DateTimeOffset at)
    {
        int number = message.Content.Attachments.ToList().FindIndex(a => a.Id == attachmentId);
        Attachment attachment = message.Content.Attachments[number];
        JsonObject data = Status(message).With("attachment", new JsonObject
        {
            ["id"] = attachment.Id,
            ["contentType"] = attachment.ContentType,
            ["size"] = attachment.Size,
            ["state"] = attachment.State.ToString().ToLowerInvariant(),
            ["failure"] = attachment.Failure,
        });
        return new FeedEvent($"ev_{message.Id}_file{number}_{attachment.State}", "message.status", at, data.ToJsonString(DomainJson.Options));
    }

    /// <summary>Every line about a conversation names its channel: who may see the line follows from it.</summary>
    private static JsonObject WithChannel(JsonObject data, OutboxEntry entry) =>
        data["channelId"] is null && entry.Conversation is { } told && (string?)data["conversationId"] == told.Id.Value
            ? data.With("channelId", told.Channel.Value)
            : data;

    // A message that was sent again goes through the same states again.
    private static string StatusId(Message message) =>
        message.Attempts.Count > 1 ? $"ev_{message.Id}_{message.Status}_{message.Attempts.Count}" : $"ev_{message.Id}_{message.Status}";

    private static (string Type, JsonObject Data)? Of(DomainEvent domainEvent, OutboxEntry entry) => domainEvent switch
    {
        ContactCreated e => ("contact.created", new JsonObject { ["contactId"] = e.Contact.Id.Value }),
        // Nothing that the API shows.
        ContactUpdated { Changed.Count: 0 } => null,
        ContactUpdated e => ("contact.updated", new JsonObject
        {
            ["contactId"] = e.Contact.Id.Value,
            ["changed"] = new JsonArray([.. e.Changed.Select(c => JsonValue.Create(c))]),
        }),
        ContactMerged e => ("contact.merged", new JsonObject
        {
            ["contactId"] = e.Primary.Value,
            ["secondaryId"] = e.Secondary.Value,
            ["by"] = JsonSerializer.SerializeToNode(e.By, DomainJson.Options),
        }),
        ConversationOpened e => ("conversation.opened", About(e.Conversation.Id, e.By).With("channelId", e.Conversation.Channel.Value)),
        ConversationAssigned e => ("conversation.assigned", About(e.Conversation, e.By)
            .With("owner", JsonSerializer.SerializeToNode(e.Owner, DomainJson.Options)).With("teamId", e.TeamId).With("reason", e.Reason)),
        ConversationUnassigned e => ("conversation.unassigned", About(e.Conversation, e.By).With("reason", e.Reason)),
        ConversationClosed e => ("conversation.closed", About(e.Conversation, e.By)
            .With("closedBy", JsonSerializer.SerializeToNode(e.ClosedBy, DomainJson.Options))),
        ConversationReopened e => ("conversation.reopened", About(e.Conversation, e.By)),
        ConversationWoken e => ("conversation.reopened", About(e.Conversation, e.By).With("from", "snoozed").With("reason", e.Reason)),
        ConversationSnoozed e => ("conversation.snoozed", About(e.Conversation, e.By).With("until", e.Until is { } until ? UtcInstantConverter.Text(until) : null)),
        SurveyChanged { Survey.State: { Status: SurveyStatus.Answered, Answer: { } answer } } e => ("csat.answered", new JsonObject
        {
            ["conversationId"] = e.Survey.Id.Conversation.Value,
            ["contactId"] = (entry.Contact?.Id ?? e.Survey.Id.Conversation.Contact).Value,
            ["channelId"] = e.Survey.Channel.Value,
            ["score"] = answer.Score,
            ["comment"] = answer.Comment,
        }),
        MessageReceived e => ("message.received", Line(e.Message)),
        MessagePosted e => ("message.sent", Line(e.Message)),
        MessageStatusChanged e => ("message.status", Status(e.Message)),
        _ => null,
    };

    private static JsonObject About(ConversationId conversation, Actor by) => new()
    {
        ["conversationId"] = conversation.Value,
        ["contactId"] = conversation.Contact.Value,
        ["by"] = JsonSerializer.SerializeToNode(by, DomainJson.Options),
    };

    private static JsonObject Line(Message message) => new()
    {
        ["conversationId"] = message.Id.Conversation.Value,
        ["contactId"] = message.Id.Contact.Value,
        ["channelId"] = message.Channel?.Value,
        ["messageId"] = message.Id.Value,
        ["direction"] = message.Direction.ToString().ToLowerInvariant(),
        ["kind"] = message.Content.Kind.ToString().ToLowerInvariant(),
        ["text"] = message.Content.Text,
    };

    private static JsonObject Status(Message message) => new()
    {
        ["conversationId"] = message.Id.Conversation.Value,
        ["contactId"] = message.Id.Contact.Value,
        ["channelId"] = message.Channel?.Value,
        ["messageId"] = message.Id.Value,
        ["status"] = message.Status?.ToString().ToLowerInvariant(),
        ["failure"] = JsonSerializer.SerializeToNode(message.Failure, DomainJson.Options),
    };

    private static JsonObject With(this JsonObject data, string name, JsonNode? value)
    {
        data[name] = value;
        return data;
    }
}
