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
    IContactStore store, IEventFeed feed, ContactTransactions transactions, OutboxDispatcher dispatcher, IProviderCatalog providers, TimeProvider time)
{
    private const int Attempts = 10;

    public async Task<InboundResult> RunAsync(Channel channel, InboundReceipt receipt, Delivery delivery, CancellationToken cancellationToken)
    {
        (MessageId? id, InboundResult otherwise) = receipt.MessageId is { } known
            ? (known, InboundResult.NotOurs)
            : await SearchAsync(channel, receipt, cancellationToken);
        InboundResult result = id is { } found ? await TakeAsync(channel, found, receipt, delivery, cancellationToken) : otherwise;
        // Sent by another program over the same number; that the customer wants no more messages from it is true all the same.
        if (result == InboundResult.NotOurs && receipt is { OptedOut: true, Recipient: { } recipient })
            await OptOutAsync(channel, await PrimaryAsync(channel, recipient.Identities[0], cancellationToken), cancellationToken);
        return result;
    }

    private async Task<InboundResult> TakeAsync(
        Channel channel, MessageId id, InboundReceipt receipt, Delivery delivery, CancellationToken cancellationToken)
    {
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

    /// <summary>By the provider's id, among the messages of whoever it was for. What is not found can only be ours while a send is under way.</summary>
    private async Task<(MessageId? Id, InboundResult Otherwise)> SearchAsync(Channel channel, InboundReceipt receipt, CancellationToken cancellationToken)
    {
        SeenKey sent = SeenKey.Sent(channel.Id, receipt.ProviderId);
        foreach (ContactIdentity identity in await PartiesAsync(channel, receipt, cancellationToken))
        {
            ContactId first = ContactId.Of(channel.Workspace, identity);
            if (await store.FindSeenAsync(channel.Workspace, first, sent, cancellationToken) is { } record) return (record.Message, InboundResult.NotOurs);
            ContactSnapshot contact = await store.LoadPrimaryAsync(channel.Workspace, first, cancellationToken);
            if (contact.State.Contact is null) continue;
            record = await store.FindSeenAsync(channel.Workspace, contact.Id, SeenKey.Inbound(channel.Id, receipt.ProviderId), cancellationToken);
            if (record is not null) return (record.Message, InboundResult.NotOurs);
            PendingWork pending = await store.LoadPendingAsync(channel.Workspace, contact.Id, cancellationToken);
            if (pending.Sends.Any(s => s.Send.AttemptedAt is not null && s.Send.Message.Channel == channel.Id)) return (null, InboundResult.TooEarly);
            // What was under way a moment ago has its id by now.
            record = await store.FindSeenAsync(channel.Workspace, contact.Id, sent, cancellationToken);
            return (record?.Message, InboundResult.NotOurs);
        }
        return (null, InboundResult.NotOurs);
    }

    /// <summary>A provider that names nobody, or only ourselves, is asked.</summary>
    private async Task<IReadOnlyList<ContactIdentity>> PartiesAsync(Channel channel, InboundReceipt receipt, CancellationToken cancellationToken)
    {
        ContactIdentity[] named =
            [.. (receipt.Recipient?.Identities ?? []).Where(i => channel.PhoneNumber is not { } ours || i.Number?.IdentityKey != ours.IdentityKey)];
        if (named.Length > 0 || providers.Find(channel.Provider) is not { } provider) return named;
        return await provider.FindRecipientAsync(channel, receipt.ProviderId, cancellationToken) is { } asked ? [asked] : [];
    }

    private async Task<ContactId> PrimaryAsync(Channel channel, ContactIdentity identity, CancellationToken cancellationToken) =>
        (await store.LoadPrimaryAsync(channel.Workspace, ContactId.Of(channel.Workspace, identity), cancellationToken)).Id;

    private async Task OptOutAsync(Channel channel, ContactId contact, CancellationToken cancellationToken)
    {
        Result<Committed> optedOut = await transactions.RunAsync(
            channel.Workspace, contact, (state, at) => OptOut.Decide(state, channel.Id, at), cancellationToken);
        if (optedOut.Value.Outbox is null) await dispatcher.TellLeftOversAsync(channel.Workspace, contact, cancellationToken);
        else await dispatcher.DispatchAsync(optedOut.Value, cancellationToken);
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
        if (receipt.OptedOut) await OptOutAsync(channel, message.Id.Contact, cancellationToken);
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
