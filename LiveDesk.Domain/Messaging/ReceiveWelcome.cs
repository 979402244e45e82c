using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>A customer arrived without writing: that opens a conversation if none is open.</summary>
public static class ReceiveWelcome
{
    public static IReadOnlyList<DomainEvent> Decide(
        ContactState state, WorkspaceId workspace, ContactId id, Channel channel, InboundWelcome welcome, DateTimeOffset now)
    {
        var events = new List<DomainEvent>();
        Contact contact = SenderProfile.Known(state, workspace, id, welcome.From, now, events);
        contact = SenderProfile.Update(contact, welcome.From, now, events);
        if (contact.Blocked) return events;

        Actor customer = SenderProfile.Author(contact);
        ConversationId conversation = state.Open?.Id ?? new ConversationId(contact.Id, contact.Conversations + 1);
        if (state.Open is null)
            events.Add(OpenConversation.Opened(conversation, channel.Id, new OpenedBy(OpenedSource.Welcome), customer, now, quiet: false));
        events.Add(new CustomerArrived(
            conversation, welcome.From.Identities[0], channel.Id, welcome.Referral, ProviderClock.OccurredAt(welcome, now), customer, now));
        if (welcome.Answered is { } text) events.Add(Answered(contact, conversation, channel, text, now));
        return events;
    }

    /// <summary>It has gone out already, with the answer to the webhook.</summary>
    private static MessagePosted Answered(Contact contact, ConversationId conversation, Channel channel, string text, DateTimeOffset now) => new(
        new Message
        {
            Id = MessageId.Create(conversation, now, contact.NextSequence),
            Direction = MessageDirection.Out,
            Author = Actor.System,
            Content = MessageContent.OfText(text),
            Channel = channel.Id,
            Status = DeliveryStatus.Sent,
            OccurredAt = now,
            ReceivedAt = now,
        }, null, now);
}
