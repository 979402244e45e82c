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
}

/// <summary>Takes one event of a webhook into the contact it is about.</summary>
public sealed class ReceiveInbound(
    ContactTransactions transactions, IContactStore store, OutboxDispatcher dispatcher, ReceiveReceipt receipts, IChannelDirectory channels, IWorkQueues queues,
    TimeProvider time)
{
    public async Task<InboundResult> RunAsync(Channel channel, InboundEvent inbound, CancellationToken cancellationToken)
    {
        switch (inbound)
        {
            case InboundMessage message:
                return await ReceiveAsync(channel, message, cancellationToken);
            case InboundReceipt receipt:
                return await receipts.RunAsync(channel, receipt, cancellationToken) ? InboundResult.Applied : InboundResult.NotOurs;
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
        ContactId id = ContactId.Of(channel.Workspace, message.From.Identities[0]);
        InboundMessage inbound = await WithReplyAsync(channel, id, message, cancellationToken);
        Result<Committed> received = await transactions.RunAsync(
            channel.Workspace, id,
            (state, now) => Decision.Of(ReceiveMessage.Decide(state, channel.Workspace, state.Contact?.Id ?? id, channel, inbound, now)),
            cancellationToken, SeenKey.Inbound(channel.Id, message.ProviderId));
        Committed committed = received.Value;
        if (committed.Repeated is null)
        {
            await dispatcher.DispatchAsync(committed, cancellationToken);
            if (committed.Events.Any(e => e is MessagePosted { To: not null }))
                await queues.PutAsync(new OutboundWork(channel.Workspace, committed.Contact), cancellationToken);
            return InboundResult.Stored;
        }
        await DispatchLeftOversAsync(channel.Workspace, committed.Contact, cancellationToken);
        return InboundResult.Repeated;
    }

    private async Task<InboundResult> SubscribeAsync(Channel channel, InboundSubscription subscription, CancellationToken cancellationToken)
    {
        Result<Committed> changed = await transactions.RunAsync(
            channel.Workspace, ContactId.Of(channel.Workspace, subscription.From.Identities[0]),
            (state, now) => OptOut.Decide(state, channel.Id, subscription, now), cancellationToken);
        if (changed.Accepted) await dispatcher.DispatchAsync(changed.Value, cancellationToken);
        return InboundResult.Applied;
    }

    /// <summary>The first delivery of this webhook may have died after its write: whatever it left in the outbox is told and sent now.</summary>
    private async Task DispatchLeftOversAsync(WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken)
    {
        PendingWork work = await store.LoadPendingAsync(workspace, contact, cancellationToken);
        if (work.Sends.Count > 0) await queues.PutAsync(new OutboundWork(workspace, contact), cancellationToken);
        if (work.Entries.Count == 0) return;
        await dispatcher.TellAsync(workspace, contact, work.Entries, cancellationToken);
        await store.CommitAsync(
            workspace, contact, new PendingWrite { RemoveEntries = [.. work.Entries.Select(e => e.Sequence)] }, cancellationToken);
    }

    /// <summary>The customer quotes a message by the provider's id; ours is found in the contact's own partition.</summary>
    private async Task<InboundMessage> WithReplyAsync(Channel channel, ContactId contact, InboundMessage message, CancellationToken cancellationToken)
    {
        if (message.ReplyTo is not null || message.ReplyToProviderId is not { } quoted) return message;
        SeenRecord? record = await store.FindSeenAsync(channel.Workspace, contact, SeenKey.Sent(channel.Id, quoted), cancellationToken)
            ?? await store.FindSeenAsync(channel.Workspace, contact, SeenKey.Inbound(channel.Id, quoted), cancellationToken);
        return message with { ReplyTo = record?.Message };
    }
}
