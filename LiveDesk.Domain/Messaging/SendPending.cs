using System.Diagnostics;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// Sends what waits for one contact, in order, one at a time. The attempt is written before the provider is called and its outcome
/// after, both under the contact's lane, so that whatever is interrupted is found again and never sent twice blindly.
/// </summary>
public sealed class SendPending(
    IContactStore store, OutboxDispatcher dispatcher, MessageCarrier carrier, IWorkQueues queues, SendLocks lanes, SendPace pace, TimeProvider time)
{
    /// <summary>How long a sender may be silent before another takes over; longer than any call to a provider takes.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    // Lists and feed wait for a normal call to end, so that one transaction tells both; a slow provider does not hold them up.
    private static readonly TimeSpan TellBeforeAnswer = TimeSpan.FromSeconds(3);

    /// <param name="holder">Names this run; two runs never have the same.</param>
    public async Task RunAsync(WorkspaceId workspace, ContactId contact, string holder, CancellationToken cancellationToken)
    {
        using IDisposable turn = await lanes.EnterAsync(contact, cancellationToken);
        PendingWork work = await store.LoadPendingAsync(workspace, contact, cancellationToken);
        var run = new Run(workspace, contact, holder, work.Lane, [.. work.Entries]) { OptedOut = work.OptedOut };
        if (work.Lane.IsHeldByAnother(holder, time.GetUtcNow()))
        {
            await queues.PutAsync(new OutboundWork(workspace, contact), cancellationToken, Until(work.Lane.Until!.Value));
            return;
        }
        foreach (PendingSendSnapshot pending in work.Sends.OrderBy(s => s.Sequence))
        {
            // The customer may have asked to stop while the one before was on its way.
            if (pending != work.Sends[0]) await LookAgainAsync(run, cancellationToken);
            if (!await StepAsync(run, pending, last: pending == work.Sends[^1], cancellationToken)) break;
        }
        await TellAsync(run, cancellationToken);
    }

    /// <returns>False if later messages have to wait behind this one.</returns>
    private async Task<bool> StepAsync(Run run, PendingSendSnapshot pending, bool last, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (pending.Send.NotBefore > now)
        {
            await queues.PutAsync(new OutboundWork(run.Workspace, run.Contact), cancellationToken, Until(pending.Send.NotBefore.Value));
            return false;
        }
        if (await carrier.PrepareAsync(run.Workspace, pending.Send, cancellationToken) is not { } ready)
            return await SettleAsync(run, pending, MessageCarrier.Undeliverable(pending.Send), last, cancellationToken);
        if (pending.Send.AttemptedAt is { } attemptedAt)
            return await LookUpAsync(run, pending, ready, attemptedAt, KnownError(pending.Send), last, cancellationToken);
        SendStep? refused = MessageCarrier.Expired(pending.Send, now) ?? MessageCarrier.Unwanted(pending.Send, run.OptedOut);
        if (refused is null)
        {
            if (!await IsItsTurnAsync(run, ready, cancellationToken)) return false;
            refused = MessageCarrier.Unwanted(pending.Send, run.OptedOut);
        }
        if (refused is not null) return await SettleAsync(run, pending, refused, last, cancellationToken);

        now = time.GetUtcNow();

        PendingSend attempt = Attempt(pending.Send, now);
        if (await WriteAsync(run, pending, attempt, now + Lease, cancellationToken) is not { } attempted) return false;
        SendOutcome outcome = await CallAsync(run, ready, cancellationToken);
        SendStep step = SendRecovery.After(outcome, ready.Traits, attempt.Message.Attempts.Count, now - attempt.Began, carrier.Jitter());
        return step is SendStep.LookUp
            ? await LookUpAsync(run, attempted, ready, now, outcome as SendOutcome.ServerError, last, cancellationToken)
            : await SettleAsync(run, attempted, step, last, cancellationToken);
    }

    /// <summary>Waits for the channel's rate, or has the send come back when its turn is.</summary>
    private async Task<bool> IsItsTurnAsync(Run run, ReadyMessage ready, CancellationToken cancellationToken)
    {
        ChannelId channel = ready.Outbound.Channel.Id;
        while (pace.Ask(channel, ready.Traits.DefaultRate, run.Contact) is var wait && wait > TimeSpan.Zero)
        {
            if (wait > SendPace.LongestWait)
            {
                await queues.PutAsync(new OutboundWork(run.Workspace, run.Contact), cancellationToken, wait);
                if (run.Lane.Holder == run.Holder)
                    await store.CommitAsync(run.Workspace, run.Contact, new PendingWrite { Lane = (run.Lane, null, null) }, cancellationToken);
                return false;
            }
            await time.WaitAsync(wait, cancellationToken);
            await LookAgainAsync(run, cancellationToken);
        }
        return true;
    }

    private async Task LookAgainAsync(Run run, CancellationToken cancellationToken) =>
        run.OptedOut = (await store.LoadPendingAsync(run.Workspace, run.Contact, cancellationToken)).OptedOut;

    private async Task<SendOutcome> CallAsync(Run run, ReadyMessage ready, CancellationToken cancellationToken)
    {
        using Activity? trace = SendTrace.Begin(ready.Outbound.Channel.Provider);
        Task<SendOutcome> call = ready.SendAsync(cancellationToken);
        try
        {
            return await call.WaitAsync(TellBeforeAnswer, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            await TellAsync(run, cancellationToken);
            return await call;
        }
    }

    private async Task<bool> LookUpAsync(
        Run run, PendingSendSnapshot pending, ReadyMessage ready, DateTimeOffset attemptedAt, SendOutcome.ServerError? serverError, bool last,
        CancellationToken cancellationToken)
    {
        Message message = pending.Send.Message;
        SendStep step = SendRecovery.AfterCrash(ready.Traits);
        if (step is SendStep.LookUp)
        {
            LookupOutcome found = await ready.LookUpAsync(attemptedAt, cancellationToken);
            step = SendRecovery.After(
                found, pending.Send.Lookups + 1, serverError, message.Attempts.Count, time.GetUtcNow() - pending.Send.Began, carrier.Jitter());
        }
        if (step is not SendStep.LookUp again) return await SettleAsync(run, pending, step, last, cancellationToken);

        PendingSend later = pending.Send with
        {
            Lookups = pending.Send.Lookups + 1,
            NotBefore = time.GetUtcNow() + again.After,
            ServerError = serverError?.Reason,
        };
        if (await WriteAsync(run, pending, later, null, cancellationToken) is not null)
            await queues.PutAsync(new OutboundWork(run.Workspace, run.Contact), cancellationToken, again.After);
        return false;
    }

    /// <summary>Writes how the send ended, or when to try again.</summary>
    private async Task<bool> SettleAsync(Run run, PendingSendSnapshot pending, SendStep step, bool last, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (step is SendStep.Retry retry)
        {
            PendingSend later = pending.Send with
            {
                AttemptedAt = null,
                Lookups = 0,
                NotBefore = now + retry.After,
                Message = Ended(pending.Send.Message with { Status = DeliveryStatus.Queued }, $"retry: {retry.Reason}"),
            };
            if (await WriteAsync(run, pending, later, null, cancellationToken) is not null)
                await queues.PutAsync(new OutboundWork(run.Workspace, run.Contact), cancellationToken, retry.After);
            return false;
        }

        Message settled = Settled(pending.Send.Message, step);
        var entry = new OutboxEntry(settled.Id.Sequence, [new MessageStatusChanged(settled, pending.Send.Message.Status, now)]);
        PendingVersions? versions = await store.CommitAsync(run.Workspace, run.Contact, new PendingWrite
        {
            Lane = last && run.Lane.Holder is null ? null : (run.Lane, last ? null : run.Holder, last ? null : now + Lease),
            Send = (pending, null),
            Message = (settled, null),
            Seen = settled.ProviderId is { } id ? (SeenKey.Sent(settled.Channel!.Value, id), new SeenRecord(settled.Id, null, now)) : null,
            AddEntry = entry,
        }, cancellationToken);
        if (versions is null) return await OvertakenAsync(run, cancellationToken);
        run.Entries.Add(entry);
        run.Lane = last ? Lane.Free with { Version = versions.Lane } : new Lane(run.Holder, now + Lease, versions.Lane);
        await carrier.ReportAsync(run.Workspace, settled, step, cancellationToken);
        return true;
    }

    /// <summary>A receipt came before the answer and has settled the message already; what is left is seen by the next run.</summary>
    private async Task<bool> OvertakenAsync(Run run, CancellationToken cancellationToken)
    {
        PendingWork now = await store.LoadPendingAsync(run.Workspace, run.Contact, cancellationToken);
        if (now.Lane.Holder == run.Holder)
            await store.CommitAsync(run.Workspace, run.Contact, new PendingWrite { Lane = (now.Lane, null, null) }, cancellationToken);
        if (now.Sends.Count > 0)
            await queues.PutAsync(new OutboundWork(run.Workspace, run.Contact), cancellationToken);
        return false;
    }

    private async Task<PendingSendSnapshot?> WriteAsync(
        Run run, PendingSendSnapshot pending, PendingSend next, DateTimeOffset? until, CancellationToken cancellationToken)
    {
        PendingVersions? versions = await store.CommitAsync(run.Workspace, run.Contact, new PendingWrite
        {
            Lane = (run.Lane, until is null ? null : run.Holder, until),
            Send = (pending, next),
            Message = (next.Message, null),
        }, cancellationToken);
        if (versions is null)
        {
            // Somebody was faster: a receipt, or another sender. Look again.
            await queues.PutAsync(new OutboundWork(run.Workspace, run.Contact), cancellationToken, TimeSpan.FromSeconds(1));
            return null;
        }
        run.Lane = new Lane(until is null ? null : run.Holder, until, versions.Lane);
        return new PendingSendSnapshot(pending.Sequence, next, versions.Send!);
    }

    private async Task TellAsync(Run run, CancellationToken cancellationToken)
    {
        if (run.Entries.Count == 0) return;
        OutboxEntry[] entries = [.. run.Entries];
        await dispatcher.TellAsync(run.Workspace, run.Contact, entries, cancellationToken);
        await store.CommitAsync(
            run.Workspace, run.Contact, new PendingWrite { RemoveEntries = [.. entries.Select(e => e.Sequence)] }, cancellationToken);
        run.Entries.Clear();
    }

    private static SendOutcome.ServerError? KnownError(PendingSend send) => send.ServerError is { } reason ? new(null, reason) : null;

    private static PendingSend Attempt(PendingSend send, DateTimeOffset now) => send with
    {
        AttemptedAt = now,
        Lookups = 0,
        NotBefore = null,
        ServerError = null,
        Message = send.Message with
        {
            Status = DeliveryStatus.Sending,
            Attempts = [.. send.Message.Attempts, new SendAttempt(send.Message.Attempts.Count + 1, now)],
        },
    };

    private static Message Settled(Message message, SendStep step) => step switch
    {
        SendStep.Sent sent => Ended(message with { Status = sent.Status, ProviderId = sent.ProviderId, Failure = null }, "sent", sent.ProviderId),
        SendStep.Fail fail => Ended(message with { Status = DeliveryStatus.Failed, Failure = fail.Failure }, $"failed: {fail.Failure.Code}"),
        SendStep.GiveUpAsUnknown unknown => Ended(
            message with { Status = DeliveryStatus.Unknown, Failure = new DeliveryFailure("outcome_unknown", null, unknown.Reason) }, "unknown"),
        _ => throw new InvalidOperationException($"{step.GetType().Name} settles nothing."),
    };

    private static Message Ended(Message message, string outcome, string? providerId = null) => message.Attempts.Count == 0
        ? message
        : message with { Attempts = [.. message.Attempts.SkipLast(1), message.Attempts[^1] with { Outcome = outcome, ProviderId = providerId }] };

    private TimeSpan Until(DateTimeOffset instant)
    {
        TimeSpan left = instant - time.GetUtcNow();
        return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
    }

    private sealed class Run(WorkspaceId workspace, ContactId contact, string holder, Lane lane, List<OutboxEntry> entries)
    {
        public WorkspaceId Workspace { get; } = workspace;

        public ContactId Contact { get; } = contact;

        public string Holder { get; } = holder;

        public Lane Lane { get; set; } = lane;

        public List<OutboxEntry> Entries { get; } = entries;

        public IReadOnlyList<ChannelId> OptedOut { get; set; } = [];
    }
}
