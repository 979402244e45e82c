using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// A person of the company wrote from the provider's own app. It has gone out already, so it is only kept; it counts as a human reply
/// and takes the conversation from an AI agent. Nobody is assigned: the provider does not say who wrote.
/// </summary>
public static class ReceiveEcho
{
    private static readonly Actor Somebody = new(ActorKind.Agent);

    public static IReadOnlyList<DomainEvent> Decide(
        ContactState state, WorkspaceId workspace, ContactId id, Channel channel, InboundEcho echo, DateTimeOffset now)
    {
        var events = new List<DomainEvent>();
        Contact contact = SenderProfile.Known(state, workspace, id, echo.To, now, events);
        contact = SenderProfile.Update(contact, echo.To, now, events);

        ConversationId conversation = Into(state, contact, channel, now, events);
        DateTimeOffset occurredAt = ProviderClock.OccurredAt(echo, now);
        var messageId = MessageId.Create(conversation, ProviderClock.Place(echo, occurredAt), contact.NextSequence);
        var message = new Message
        {
            Id = messageId,
            Direction = MessageDirection.Out,
            Author = Somebody,
            Content = MessageAttachments.Numbered(echo.Content, messageId),
            Channel = channel.Id,
            Status = DeliveryStatus.Sent,
            ProviderId = echo.ProviderId,
            OccurredAt = occurredAt,
            ReceivedAt = now,
        };
        events.Add(new MessagePosted(message, null, now));
        if (state.Open is { Owner.Kind: OwnerKind.Ai } held)
            events.Add(new ConversationUnassigned(held.Id, held.Owner, "human_reply", Somebody, now));
        return events;
    }

    /// <summary>The open conversation; else a new one, opened by the company.</summary>
    private static ConversationId Into(ContactState state, Contact contact, Channel channel, DateTimeOffset now, List<DomainEvent> events)
    {
        if (state.Open is { } open) return open.Id;
        if (contact.Blocked) return state.Latest?.Id ?? new ConversationId(contact.Id, Math.Max(1, contact.Conversations));
        var next = new ConversationId(contact.Id, contact.Conversations + 1);
        events.Add(OpenConversation.Opened(next, channel.Id, new OpenedBy(OpenedSource.User), Somebody, now, quiet: false));
        return next;
    }
}
