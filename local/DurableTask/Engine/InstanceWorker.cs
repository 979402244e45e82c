using Azure;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local.Durable;

/// <summary>
/// Takes an instance's messages through the protocol: judge, compute, commit, send, delete. In this order nothing is lost,
/// whenever the process dies:
/// before the commit nothing has happened; between commit and delete the messages come again, are recognised by the history,
/// and what the step sends is sent again as far as it is still unanswered; after the delete all is done.
/// </summary>
internal sealed partial class InstanceWorker(
    Hub hub, HubSettings settings, StepBuilder steps, SessionCache sessions, MessageBus bus, TimerWheel wheel, InstanceSignals signals,
    ILogger<InstanceWorker> logger)
{
    private const int ConflictsInARow = 10;
    private const int SendsAtATime = 16;
    private const int PatienceWithUnknown = 5;

    /// <summary>Handles messages of one instance. Does not throw; what cannot be handled goes back to its queue.</summary>
    public async Task HandleAsync(string instance, IReadOnlyList<Delivery> batch, CancellationToken cancellation)
    {
        bool trustMemory = true;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                await HandleOnceAsync(instance, batch, trustMemory, cancellation);
                return;
            }
            catch (OutdatedException e) when (attempt < ConflictsInARow)
            {
                // Another host took a step, or an earlier try of this commit got through unnoticed: read again and look anew.
                LogConflict(logger, instance, e);
                sessions.Drop(instance);
                trustMemory = false;
            }
            catch (Exception e)
            {
                LogFailed(logger, instance, batch.Count, e);
                sessions.Drop(instance);
                await GiveBackAsync(batch);
                return;
            }
        }
    }

    private async Task HandleOnceAsync(string instance, IReadOnlyList<Delivery> batch, bool trustMemory, CancellationToken cancellation)
    {
        Session? remembered = trustMemory ? sessions.Find(instance) : null;
        Session session = remembered ?? Session.Of(instance, await hub.Instances.ReadAsync(instance, cancellation));
        sessions.Replace(session);
        var accepted = new List<Message>();
        var done = new List<Delivery>();
        foreach (Delivery delivery in batch)
        {
            Verdict verdict = InboundRules.Judge(session, delivery.Message, accepted);
            // A commit tells whether memory was right; to refuse a message there is none, so storage has to be asked.
            if (remembered is not null && InboundRules.IsRefusal(session, delivery.Message, verdict))
                throw new OutdatedException(null);
            if (await TakeInAsync(session, delivery, verdict, accepted, cancellation))
                done.Add(delivery);
        }
        if (accepted.Count > 0)
            await StepAsync(session, accepted, cancellation);
        await Task.WhenAll(done.Select(delivery => delivery.Queue.DeleteAsync(delivery, CancellationToken.None)));
        if (session.Record is null)
            sessions.Drop(instance);
    }

    /// <summary>Whether the message may be deleted once the accepted ones are committed.</summary>
    private async Task<bool> TakeInAsync(
        Session session, Delivery delivery, Verdict verdict, List<Message> accepted, CancellationToken cancellation)
    {
        Message message = delivery.Message;
        switch (verdict)
        {
            case Verdict.Accept:
                accepted.Add(message);
                return true;
            case Verdict.SendAgain:
                await SendAgainAsync(session, session.ConsumedIn(message.Id)!.Value, cancellation);
                return true;
            case Verdict.Refuse:
                await bus.SendAsync(Translation.Refusal(message), cancellation);
                return true;
            case Verdict.NotYet when delivery.DequeueCount < PatienceWithUnknown:
                await delivery.Queue.HideAsync(delivery, TimeSpan.FromSeconds(1 + delivery.DequeueCount), CancellationToken.None);
                return false;
            default:
                LogDropped(logger, message.Kind, message.Instance, message.Task);
                return true;
        }
    }

    private async Task StepAsync(Session session, List<Message> accepted, CancellationToken cancellation)
    {
        PendingStep step = await steps.BuildAsync(session, accepted, cancellation);
        (StoredInstance Row, IReadOnlyList<string> Keys) committed;
        try
        {
            committed = await hub.Instances.CommitAsync(step.Record, session.ETag, step.Episode, step.Obsolete, CancellationToken.None);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 409 or 412)
        {
            throw new OutdatedException(e);
        }
        int deleted = InstanceStore.DeletedWithCommit(step.Obsolete.Count);
        session.Committed(committed.Row, step.Episode, committed.Keys, step.Obsolete.Skip(deleted));
        session.Executor = step.Record.IsOver ? null : step.Executor;
        await SendAllAsync(step.Messages, cancellation);
        sessions.Replace(session);
        signals.Changed(session.Instance);
        await ForgetTimersAsync(session, step);
    }

    private async Task SendAgainAsync(Session session, int episode, CancellationToken cancellation)
    {
        LogSendingAgain(logger, session.Instance, episode);
        Episode step = session.Episodes[episode];
        Episode unanswered = step with { Events = [.. step.Events.Where(e => !e.OpensTask || session.OpenTasks.ContainsKey(e.Task))] };
        await SendAllAsync(StepBuilder.MessagesOf(unanswered, session.Record!), cancellation);
        session.MarkSent(episode);
    }

    private async Task SendAllAsync(IReadOnlyList<Message> messages, CancellationToken cancellation)
    {
        // What goes to other instances keeps its order: a start comes before an event for what it starts.
        async Task InOrderAsync()
        {
            foreach (Message message in messages.Where(m => m.Kind is not (MessageKind.RunActivity or MessageKind.TimerDue)))
                await bus.SendAsync(message, cancellation);
        }

        Task inOrder = InOrderAsync();
        await Parallel.ForEachAsync(
            messages.Where(m => m.Kind is MessageKind.RunActivity or MessageKind.TimerDue),
            new ParallelOptions { MaxDegreeOfParallelism = SendsAtATime, CancellationToken = cancellation },
            async (message, token) => await bus.SendAsync(message, token));
        await inOrder;
    }

    // A timer that nobody waits for any more need not come back: deleting its message now is cheaper than handling it then.
    private async Task ForgetTimersAsync(Session session, PendingStep step)
    {
        HashSet<int> wanted = step.Record.IsOver ? [] : [.. step.Executor.Context.OpenTasks];
        foreach (HistoryEvent timer in session.OpenTasks.Values.Where(e => e.Kind == EventKind.TimerCreated && !wanted.Contains(e.Task)).ToArray())
        {
            session.Close(timer.Task);
            if (wheel.Remove(session.Instance, step.Record.Execution, timer.Task) is { } waiting)
                await waiting.Queue.DeleteAsync(waiting, CancellationToken.None);
        }
    }

    private async Task GiveBackAsync(IReadOnlyList<Delivery> batch)
    {
        foreach (Delivery delivery in batch)
        {
            try
            {
                if (delivery.DequeueCount >= settings.MaxDequeueCount)
                {
                    LogPoisoned(logger, delivery.Message.Kind, delivery.Message.Instance, delivery.DequeueCount);
                    await delivery.Queue.PoisonAsync(delivery, CancellationToken.None);
                }
                else
                {
                    double seconds = Math.Min(60, Math.Pow(2, Math.Max(0, delivery.DequeueCount - 1)));
                    await delivery.Queue.HideAsync(delivery, TimeSpan.FromSeconds(seconds), CancellationToken.None);
                }
            }
            catch (Exception e)
            {
                // Its visibility time-out brings it back.
                LogNotGivenBack(logger, delivery.Message.Instance, e);
            }
        }
    }

    [LoggerMessage(7010, LogLevel.Debug, "The instance {Instance} was changed by somebody else; it is read again.")]
    private static partial void LogConflict(ILogger logger, string instance, Exception exception);

    [LoggerMessage(7011, LogLevel.Error, "Handling {Count} messages of the instance {Instance} failed; they go back to their queue.")]
    private static partial void LogFailed(ILogger logger, string instance, int count, Exception exception);

    [LoggerMessage(7012, LogLevel.Debug, "A {Kind} message for the instance {Instance} (task {Task}) has no effect and is dropped.")]
    private static partial void LogDropped(ILogger logger, MessageKind kind, string instance, int task);

    [LoggerMessage(7013, LogLevel.Information, "The instance {Instance} may have been interrupted after step {Episode}; its messages are sent again.")]
    private static partial void LogSendingAgain(ILogger logger, string instance, int episode);

    [LoggerMessage(7014, LogLevel.Error, "A {Kind} message for the instance {Instance} failed {Count} times and was moved to the poison queue.")]
    private static partial void LogPoisoned(ILogger logger, MessageKind kind, string instance, long count);

    [LoggerMessage(7015, LogLevel.Warning, "A message of the instance {Instance} could not be given back.")]
    private static partial void LogNotGivenBack(ILogger logger, string instance, Exception exception);

    private sealed class OutdatedException(Exception? inner) : Exception("The instance may have been changed by somebody else.", inner);
}
