using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>A message that the desk writes by itself, in the transaction of what causes it, so that it goes out once whatever comes twice.</summary>
internal static class AutomaticMessage
{
    /// <param name="occurredAt">Not before what it answers, or it would stand above it.</param>
    public static MessagePosted To(
        ContactIdentity to, ConversationId conversation, MessageContent content, Channel channel, long sequence, DateTimeOffset occurredAt, DateTimeOffset now,
        string? closedPeriod = null)
    {
        DateTimeOffset at = occurredAt > now ? occurredAt : now;
        var message = new Message
        {
            Id = MessageId.Create(conversation, at, sequence),
            Direction = MessageDirection.Out,
            Author = Actor.System,
            Content = content,
            Channel = channel.Id,
            Status = DeliveryStatus.Queued,
            OccurredAt = at,
            ReceivedAt = now,
        };
        return new MessagePosted(message, to, now, closedPeriod);
    }
}
