using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// A receipt says what became of a message. It finds the message by our id, which travelled with the send, so it may even overtake the
/// answer to the send itself; where our id did not travel, by the provider's id among the recipient's.
/// </summary>
public sealed class ReceiveReceipt(
    IContactStore store, IEventFeed feed, ContactTransactions transactions, OutboxDispatcher dispatcher, TimeProvider time)
{
    private const int Attempts = 10;

    public async Task<InboundResult> RunAsync(Channel channel, InboundReceipt receipt, Delivery delivery, CancellationToken cancellationToken)
    {
        if (await IdAsync(channel, receipt, cancellationToken) is not { } id) return await StrangeAsync(channel, receipt, cancellationToken);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            MessageSnapshot? stored = await store.FindMessageAsync(channel.Workspace, id, cancellationToken);
            if (stored is null || stored.Message.Channel != channel.Id || stored.Message.Direction != MessageDirection.Out)
                return InboundResult.NotOurs;
            // A write that met a conflict may have been made, with its answer lost.
            Delivery again = attempt == 0 ? delivery : delivery with { Repeated = true };
            if (await ApplyAsync(channel, stored, receipt, again, cancellationToken)) return InboundResult.Applied;
        }
        throw new ContactBusyException(id.Contact);
    }

    private async Task<MessageId?> IdAsync(Channel channel, InboundReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.MessageId is { } known) return known;
        if (receipt.Recipient is not { } recipient) return null;
        SeenRecord? record = await store.FindSeenAsync(channel.Workspace, recipient, SeenKey.Sent(channel.Id, receipt.ProviderId), cancellationToken)
            ?? await store.FindSeenAsync(channel.Workspace, recipient, SeenKey.Inbound(channel.Id, receipt.ProviderId), cancellationToken);
        return record?.Message;
    }

    /// <summary>No message has this id of the provider's: not yet, if the recipient is somebody the desk writes to.</summary>
    private async Task<InboundResult> StrangeAsync(Channel channel, InboundReceipt receipt, CancellationToken cancellationToken)
    {
        if (receipt.Recipient is not { } recipient) return InboundResult.NotOurs;
        ContactId id = ContactId.Of(channel.Workspace, recipient.Identities[0]);
        ContactSnapshot contact = await store.LoadPrimaryAsync(channel.Workspace, id, cancellationToken);
        return contact.State.Contact is null ? InboundResult.NotOurs : InboundResult.TooEarly;
    }

    private async Task<bool> ApplyAsync(
        Channel channel, MessageSnapshot stored, InboundReceipt receipt, Delivery delivery, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        var news = new DeliveryReceipt(receipt.Status, receipt.ProviderId, receipt.Failure, receipt.OccurredAt ?? now);
        Message? next = DeliveryTransitions.Apply(stored.Message, news);
        if (next is not null && await WriteAsync(channel, stored, next, cancellationToken) is false) return false;
        Message message = next ?? stored.Message;
        // The first time may have died before telling. A second webhook that says the same is no news.
        if (message.Status == receipt.Status && (next is not null || delivery.Repeated))
        {
            FeedEvent line = FeedEvents.OfStatus(message, now) with { ToldSince = delivery.Repeated ? delivery.ReceivedAt : null };
            await feed.AppendAsync(channel.Workspace, [line], cancellationToken);
        }
        if (receipt.OptedOut)
        {
            Result<Committed> optedOut = await transactions.RunAsync(
                channel.Workspace, message.Id.Contact, (state, at) => OptOut.Decide(state, channel.Id, at), cancellationToken);
            if (optedOut.Value.Outbox is null) await dispatcher.TellLeftOversAsync(channel.Workspace, message.Id.Contact, cancellationToken);
            else await dispatcher.DispatchAsync(optedOut.Value, cancellationToken);
        }
        return true;
    }

    /// <summary>The receipt is the first to tell the provider's id: later ones, and quotes, find the message by it.</summary>
    private (SeenKey, SeenRecord)? Found(Channel channel, Message before, Message next) =>
        before.ProviderId is null && next.ProviderId is { } id ? (SeenKey.Sent(channel.Id, id), new SeenRecord(next.Id, null, time.GetUtcNow())) : null;

    private async Task<bool> WriteAsync(Channel channel, MessageSnapshot stored, Message next, CancellationToken cancellationToken)
    {
        (Message, string?) change = (next, stored.Version);
        var write = new PendingWrite { Message = change, Seen = Found(channel, stored.Message, next) };
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
