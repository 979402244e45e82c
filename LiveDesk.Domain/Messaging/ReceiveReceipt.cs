using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// A receipt says what became of a message. It finds the message by our id, which travelled with the send, so it may even overtake the
/// answer to the send itself.
/// </summary>
public sealed class ReceiveReceipt(
    IContactStore store, IEventFeed feed, ContactTransactions transactions, OutboxDispatcher dispatcher, TimeProvider time)
{
    private const int Attempts = 10;

    /// <returns>False if the receipt is for no message of ours.</returns>
    public async Task<bool> RunAsync(Channel channel, InboundReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.MessageId is not { } id) return false;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            MessageSnapshot? stored = await store.FindMessageAsync(channel.Workspace, id, cancellationToken);
            if (stored is null || stored.Message.Channel != channel.Id || stored.Message.Direction != MessageDirection.Out) return false;
            if (await ApplyAsync(channel, stored, receipt, cancellationToken)) return true;
        }
        throw new ContactBusyException(id.Contact);
    }

    private async Task<bool> ApplyAsync(Channel channel, MessageSnapshot stored, InboundReceipt receipt, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var news = new DeliveryReceipt(receipt.Status, receipt.ProviderId, receipt.Failure, receipt.OccurredAt ?? now);
        Message message = stored.Message;
        if (DeliveryTransitions.Apply(message, news) is { } next)
        {
            if (await WriteAsync(channel, stored, next, cancellationToken) is false) return false;
            message = next;
        }
        // Told again when the same receipt comes again: the first time may have died before telling.
        if (message.Status == receipt.Status)
            await feed.AppendAsync(channel.Workspace, [FeedEvents.OfStatus(message, now)], cancellationToken);
        if (receipt.OptedOut)
        {
            Result<Committed> optedOut = await transactions.RunAsync(
                channel.Workspace, message.Id.Contact, (state, at) => OptOut.Decide(state, channel.Id, at), cancellationToken);
            if (optedOut.Value.Outbox is null) await dispatcher.TellLeftOversAsync(channel.Workspace, message.Id.Contact, cancellationToken);
            else await dispatcher.DispatchAsync(optedOut.Value, cancellationToken);
        }
        return true;
    }

    private async Task<bool> WriteAsync(Channel channel, MessageSnapshot stored, Message next, CancellationToken cancellationToken)
    {
        (Message, string?) change = (next, stored.Version);
        var write = new PendingWrite { Message = change };
        if (stored.Message.Status is DeliveryStatus.Queued or DeliveryStatus.Sending)
        {
            // While the message waits or is being sent, its send row guards it: the sender must learn that it was overtaken.
            PendingWork work = await store.LoadPendingAsync(channel.Workspace, next.Id.Contact, cancellationToken);
            if (work.Sends.FirstOrDefault(s => s.Send.Message.Id == next.Id) is not { } send) return false;
            write = write with { Send = (send, null) };
        }
        return await store.CommitAsync(channel.Workspace, next.Id.Contact, write, cancellationToken) is not null;
    }
}
