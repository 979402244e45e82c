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

    /// <returns>False if it reached no message of ours.</returns>
    public async Task<bool> RunAsync(Channel channel, InboundWatermark watermark, CancellationToken cancellationToken)
    {
        ContactId id = ContactId.Of(channel.Workspace, watermark.From.Identities[0]);
        ContactSnapshot contact = await store.LoadPrimaryAsync(channel.Workspace, id, cancellationToken);
        if (contact.State.Latest is not { } conversation || watermark.OccurredAt is not { } mark) return false;

        IReadOnlyList<Message> messages = await store.ListMessagesAsync(channel.Workspace, conversation.Id, null, Newest, cancellationToken);
        bool applied = false;
        foreach (Message reached in Reached(messages, channel.Id, watermark.Status, mark))
            applied |= await receipts.RunAsync(channel, new InboundReceipt
            {
                Status = watermark.Status,
                ProviderId = reached.ProviderId!,
                MessageId = reached.Id,
                OccurredAt = mark,
            }, cancellationToken);
        return applied;
    }

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
