using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>What became of one event of a webhook; for the counters.</summary>
public enum InboundResult
{
    Stored,
    Repeated,
    Applied,
    NotOurs,

    /// <summary>For a message that the desk does not know yet; it may be ours all the same.</summary>
    TooEarly,
}

/// <summary>Takes one event of a webhook into the contact it is about.</summary>
public sealed class ReceiveInbound(
    SenderTransactions senders, ContactTransactions transactions, IContactStore store, OutboxDispatcher dispatcher, ReceiveReceipt receipts,
    ReceiveWatermark watermarks, IChannelDirectory channels, IProviderCatalog providers, IWorkQueues queues, TimeProvider time)
{
    public async Task<InboundResult> RunAsync(Channel channel, InboundEvent inbound, Delivery delivery, CancellationToken cancellationToken)
    {
        switch (inbound)
        {
            case InboundMessage message:
                return await ReceiveAsync(channel, message, cancellationToken);
            case InboundReceipt receipt:
                return await receipts.RunAsync(channel, receipt, delivery, cancellationToken);
            case InboundWatermark watermark:
                return await watermarks.RunAsync(channel, watermark, delivery, cancellationToken);
            case InboundWelcome welcome:
                return await StoreAsync(channel, welcome.From, welcome.ProviderId,
                    (state, id, from, now) => ReceiveWelcome.Decide(state, channel.Workspace, id, channel, welcome with { From = from }, now), cancellationToken);
            case InboundEcho echo:
                return await ReceiveAsync(channel, echo, cancellationToken);
            case InboundAddresses addresses:
                return await LearnAsync(channel, addresses.From, cancellationToken);
            case InboundNotice notice:
                await channels.ReportHealthAsync(
                    channel.Workspace, channel.Id, new ChannelHealth(notice.Health, notice.Reason, time.GetUtcNow()), cancellationToken);
                return InboundResult.Applied;
            case InboundSubscription subscription:
                return await SubscribeAsync(channel, subscription, cancellationToken);
            default:
                throw new InvalidOperationException($"No rule for {inbound.GetType().Name}.");
        }
    }

    private async Task<InboundResult> ReceiveAsync(Channel channel, InboundMessage message, CancellationToken cancellationToken)
    {
        InboundMessage inbound = await WithReplyAsync(channel, message, cancellationToken);
        int longest = providers.Find(channel.Provider)?.Traits.MaximumTextLength ?? int.MaxValue;
        return await StoreAsync(channel, message.From, message.ProviderId,
            (state, id, from, now) => ReceiveMessage.Decide(state, channel.Workspace, id, channel, inbound with { From = from }, now, longest),
            cancellationToken);
    }

    /// <summary>Some providers echo what the desk itself has sent; that is there already.</summary>
    private async Task<InboundResult> ReceiveAsync(Channel channel, InboundEcho echo, CancellationToken cancellationToken) =>
        await FindAsync(channel, echo.To, SeenKey.Sent(channel.Id, echo.ProviderId), cancellationToken) is not null
            ? InboundResult.Repeated
            : await StoreAsync(channel, echo.To, echo.ProviderId,
                (state, id, from, now) => ReceiveEcho.Decide(state, channel.Workspace, id, channel, echo with { To = from }, now), cancellationToken);

    private async Task<InboundResult> StoreAsync(
        Channel channel, InboundSender sender, string providerId, SenderTransactions.Decide decide, CancellationToken cancellationToken)
    {
        Committed committed = await senders.RunAsync(
            channel.Workspace, sender, decide, cancellationToken, SeenKey.Inbound(channel.Id, providerId));
        if (committed.Repeated is null)
        {
            await dispatcher.DispatchAsync(committed, cancellationToken);
            if (committed.Events.Any(e => e is MessagePosted { To: not null }))
                await queues.PutAsync(new OutboundWork(channel.Workspace, committed.Contact), cancellationToken);
            return InboundResult.Stored;
        }
        await FinishAsync(channel.Workspace, committed.Contact, cancellationToken);
        return InboundResult.Repeated;
    }

    /// <summary>Addresses alone make no contact.</summary>
    private async Task<InboundResult> LearnAsync(Channel channel, InboundSender sender, CancellationToken cancellationToken)
    {
        Committed committed = await senders.RunAsync(channel.Workspace, sender, (state, _, from, now) =>
        {
            var events = new List<DomainEvent>();
            if (state.Contact is { } known) SenderProfile.Update(known, from, now, events);
            return events;
        }, cancellationToken);
        await dispatcher.DispatchAsync(committed, cancellationToken);
        return committed.After.Contact is null ? InboundResult.NotOurs : InboundResult.Applied;
    }

    private async Task<InboundResult> SubscribeAsync(Channel channel, InboundSubscription subscription, CancellationToken cancellationToken)
    {
        ContactId id = ContactId.Of(channel.Workspace, subscription.From.Identities[0]);
        Committed changed = (await transactions.RunAsync(
            channel.Workspace, id, (state, now) => OptOut.Decide(state, channel.Workspace, id, channel.Id, subscription, now), cancellationToken)).Value;
        // What changes nothing may have changed it the first time, and died before telling.
        if (changed.Outbox is null) await FinishAsync(channel.Workspace, changed.Contact, cancellationToken);
        else await dispatcher.DispatchAsync(changed, cancellationToken);
        return InboundResult.Applied;
    }

    /// <summary>The first delivery of this webhook may have died after its write: whatever it left in the outbox is told and sent now.</summary>
    private async Task FinishAsync(WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken)
    {
        PendingWork work = await store.LoadPendingAsync(workspace, contact, cancellationToken);
        if (work.Sends.Count > 0) await queues.PutAsync(new OutboundWork(workspace, contact), cancellationToken);
        await dispatcher.TellLeftOversAsync(workspace, contact, work, cancellationToken);
    }

    /// <summary>The customer quotes a message by the provider's id; ours is found in the contact's own partition.</summary>
    private async Task<InboundMessage> WithReplyAsync(Channel channel, InboundMessage message, CancellationToken cancellationToken)
    {
        if (message.ReplyTo is not null || message.ReplyToProviderId is not { } quoted) return message;
        SeenRecord? record = await FindAsync(channel, message.From, SeenKey.Sent(channel.Id, quoted), cancellationToken)
            ?? await FindAsync(channel, message.From, SeenKey.Inbound(channel.Id, quoted), cancellationToken);
        return message with { ReplyTo = record?.Message };
    }

    private Task<SeenRecord?> FindAsync(Channel channel, InboundSender sender, SeenKey key, CancellationToken cancellationToken) =>
        store.FindSeenAsync(channel.Workspace, sender, key, cancellationToken);
}
