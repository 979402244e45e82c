using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Messaging;

/// <summary>A watermark names no message: it stands for all that had gone out by then.</summary>
public sealed class ReceiveWatermark(IContactStore store, ReceiveReceipt receipts)
{
    // More than a customer leaves unread in one conversation.
    private const int Newest = 200;

    // The watermark is on the provider's clock, our attempts are on ours.
    private static readonly TimeSpan ClockTolerance = TimeSpan.FromSeconds(1);

    /// <returns><see cref="InboundResult.NotOurs"/> if it reached no message of ours.</returns>
    public async Task<InboundResult> RunAsync(Channel channel, InboundWatermark watermark, Delivery delivery, CancellationToken cancellationToken)
    {
        ContactId id = ContactId.Of(channel.Workspace, watermark.From.Identities[0]);
        ContactSnapshot contact = await store.LoadPrimaryAsync(channel.Workspace, id, cancellationToken);
        if (contact.State.Latest is not { } conversation || watermark.OccurredAt is not { } mark) return InboundResult.NotOurs;

        IReadOnlyList<Message> messages = await store.ListMessagesAsync(channel.Workspace, conversation.Id, null, Newest, cancellationToken);
        InboundResult result = messages.Any(m => IsUnderWay(m, channel.Id, mark)) ? InboundResult.TooEarly : InboundResult.NotOurs;
        foreach (Message reached in Reached(messages, channel.Id, watermark.Status, mark))
        {
            InboundResult one = await receipts.RunAsync(channel, new InboundReceipt
            {
                Status = watermark.Status,
                ProviderId = reached.ProviderId!,
                MessageId = reached.Id,
                OccurredAt = mark,
            }, delivery, cancellationToken);
            if (one == InboundResult.Applied && result == InboundResult.NotOurs) result = one;
        }
        return result;
    }

    /// <summary>Its answer is not in yet, but the watermark may stand for it.</summary>
    private static bool IsUnderWay(Message message, ChannelId channel, DateTimeOffset mark) =>
        message is { Direction: MessageDirection.Out, Status: DeliveryStatus.Sending } && message.Channel == channel && LeftAt(message) <= mark;

    /// <summary>
    /// The messages that a watermark moves forward. What failed, waits or may never have left is not proven to have arrived by it.
    /// </summary>
    public static IEnumerable<Message> Reached(IReadOnlyList<Message> messages, ChannelId channel, DeliveryStatus status, DateTimeOffset mark) =>
        messages.Where(m => m is { Direction: MessageDirection.Out, ProviderId: not null, Status: DeliveryStatus.Sent or DeliveryStatus.Delivered }
            && m.Channel == channel
            && LeftAt(m) <= mark
            && DeliveryTransitions.Supersedes(m.Status.Value, status));

    // Ours left with their last attempt; one written elsewhere has the provider's own time.
    private static DateTimeOffset LeftAt(Message message) =>
        message.Attempts.Count > 0 ? message.Attempts[^1].StartedAt - ClockTolerance : message.OccurredAt;
}
