using Microsoft.DurableTask.Client;

namespace LiveDesk.Local.Durable;

/// <summary>A step that has been computed and waits to be committed.</summary>
/// <param name="Record">The row after it.</param>
/// <param name="Episode">What it adds to the history.</param>
/// <param name="Obsolete">History rows that it makes useless.</param>
/// <param name="Messages">What it sends, once committed.</param>
/// <param name="Executor">The code's state after it.</param>
internal sealed record PendingStep(
    InstanceRecord Record, Episode Episode, IReadOnlyList<string> Obsolete, IReadOnlyList<Message> Messages, OrchestratorExecutor Executor);

/// <summary>Turns an instance and accepted messages into the next step, running the orchestrator's code. Writes large payloads, commits nothing.</summary>
internal sealed class StepBuilder(PayloadStore payloads, DurableFunctions functions, TimeProvider time)
{
    public async Task<PendingStep> BuildAsync(Session session, IReadOnlyList<Message> accepted, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        Message? start = accepted.FirstOrDefault(m => m.Kind == MessageKind.Start);
        bool anew = start is not null && session.Record?.StartId != start.Id;
        InstanceRecord record = anew ? NewRecord(session.Record, start!, now) : session.Record!;
        var fresh = new List<HistoryEvent> { new(EventKind.StepStarted) { At = now.UtcDateTime } };
        foreach (Message message in accepted)
            fresh.Add(await WithDataAsync(Translation.ToEvent(message), cancellation));

        OrchestratorExecutor executor;
        StepResult result;
        if (!anew && session.Executor is { } live)
        {
            executor = live;
            result = executor.Step([], fresh);
        }
        else
        {
            executor = functions.NewExecutor(record);
            result = executor.Step(anew ? [] : await PastAsync(session, cancellation), fresh);
        }

        var draft = new Draft(record, executor, result, fresh);
        bool newEpoch = anew && session.Record is not null;
        while (draft.Result.Ending?.Status == OrchestrationRuntimeStatus.ContinuedAsNew)
        {
            await ContinueAsNewAsync(draft, now, cancellation);
            newEpoch = true;
        }
        return await CompleteAsync(session, accepted, draft, newEpoch, now, cancellation);
    }

    private static InstanceRecord NewRecord(InstanceRecord? previous, Message start, DateTimeOffset now) => new()
    {
        Instance = start.Instance,
        Name = start.Name!,
        StartId = start.Id,
        PastStarts = previous is null ? [] : [.. previous.PastStarts.Append(previous.StartId).TakeLast(10)],
        Execution = Message.NewId(),
        Epoch = previous is null ? 0 : previous.Epoch + 1,
        CreatedAt = start.CreatedAt ?? now,
        Input = new Payload(start.Data, start.Blob),
        Parent = start.Parent,
        Tags = start.Tags,
        HasBlobs = start.Blob is not null,
    };

    // The next execution begins within the same step, so that nobody sees the instance between two of them.
    private async Task ContinueAsNewAsync(Draft draft, DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (HistoryEvent action in draft.Result.Actions)
            if (Translation.ToMessage(await KeepAsync(draft.Record.Instance, action, cancellation), draft.Record) is { } message)
                draft.Extra.Add(message);
        OrchestrationContext ended = draft.Executor.Context;
        IReadOnlyList<HistoryEvent> carried = ended.PreservesEvents ? ended.Events.TakeKept() : [];
        Payload input = await payloads.KeepAsync(draft.Record.Instance, draft.Result.Ending!.Output, cancellation);
        draft.Record = draft.Record with { Epoch = draft.Record.Epoch + 1, Episodes = 0, Execution = Message.NewId(), Input = input };
        draft.Executor = functions.NewExecutor(draft.Record);
        draft.Events =
        [
            new HistoryEvent(EventKind.StepStarted) { At = now.UtcDateTime },
            new HistoryEvent(EventKind.ExecutionStarted) { Name = draft.Record.Name, Data = input.Text, Blob = input.Blob },
            .. carried,
        ];
        draft.Result = draft.Executor.Step([], draft.Events);
    }

    private async Task<PendingStep> CompleteAsync(
        Session session, IReadOnlyList<Message> accepted, Draft draft, bool newEpoch, DateTimeOffset now, CancellationToken cancellation)
    {
        InstanceRecord record = draft.Record;
        var events = new List<HistoryEvent>();
        foreach (HistoryEvent e in draft.Events.Concat(draft.Result.Actions))
            events.Add(await KeepAsync(record.Instance, e, cancellation));
        Payload output = await payloads.KeepAsync(record.Instance, draft.Result.Ending?.Output, cancellation);
        if (draft.Result.Ending is { } ending)
        {
            events.Add(new HistoryEvent(EventKind.ExecutionCompleted) { Failure = ending.Failure });
            draft.Extra.AddRange(AtTheEnd(record, ending, output, session, events));
        }
        int number = newEpoch ? 0 : session.Episodes.Count;
        record = record with
        {
            Episodes = number + 1,
            UpdatedAt = now,
            Status = StatusOf(draft, session),
            Output = output,
            Failure = draft.Result.Ending?.Failure,
            CustomStatus = await payloads.KeepAsync(record.Instance, draft.Executor.Context.CustomStatus, cancellation),
            HasBlobs = record.HasBlobs || output.Blob is not null || events.Any(e => e.Blob is not null),
        };
        IEnumerable<string> consumed = accepted.Select(m => m.Id);
        if (newEpoch) consumed = session.RecentlyConsumed.Concat(consumed);
        var episode = new Episode(number, [.. consumed], [.. events.Select(Translation.Stored)],
            draft.Extra.Count == 0 ? null : [.. draft.Extra.Select(Translation.Stored)]);
        return new PendingStep(record, episode, newEpoch ? session.AllKeys : session.Obsolete, MessagesOf(episode, record), draft.Executor);
    }

    /// <summary>Everything that a step sends.</summary>
    public static IReadOnlyList<Message> MessagesOf(Episode episode, InstanceRecord record) =>
    [
        .. episode.Extra ?? [],
        .. episode.Events.Select(e => Translation.ToMessage(e, record)).OfType<Message>(),
    ];

    private static IEnumerable<Message> AtTheEnd(
        InstanceRecord record, Ending ending, Payload output, Session session, List<HistoryEvent> events)
    {
        if (record.Parent is { } parent)
            yield return Translation.ToParent(parent, ending, output);
        if (!events.Any(e => e is { Kind: EventKind.Terminated, Recursive: true }))
            yield break;
        foreach (HistoryEvent sub in session.OpenTasks.Values.Where(e => e.Kind == EventKind.SubOrchestrationCreated))
            yield return new Message(Message.NewId(), MessageKind.Terminate, sub.Instance!) { Data = ending.Output, Recursive = true };
    }

    private static OrchestrationRuntimeStatus StatusOf(Draft draft, Session session)
    {
        if (draft.Result.Ending is { } ending)
            return ending.Status;
        if (draft.Executor.IsSuspended)
            return OrchestrationRuntimeStatus.Suspended;
        bool started = session.HasStarted || draft.Events.Any(e => e.Kind == EventKind.ExecutionStarted);
        return started ? OrchestrationRuntimeStatus.Running : OrchestrationRuntimeStatus.Pending;
    }

    private async Task<List<HistoryEvent>> PastAsync(Session session, CancellationToken cancellation)
    {
        var past = new List<HistoryEvent>();
        foreach (HistoryEvent e in session.Episodes.SelectMany(episode => episode.Events))
            past.Add(e.OpensTask ? e : await WithDataAsync(e, cancellation));
        return past;
    }

    private async Task<HistoryEvent> WithDataAsync(HistoryEvent e, CancellationToken cancellation) =>
        e.Blob is null || e.Data is not null ? e : e with { Data = await payloads.ReadAsync(new Payload(null, e.Blob), cancellation) };

    private async Task<HistoryEvent> KeepAsync(string instance, HistoryEvent e, CancellationToken cancellation) =>
        e.Blob is not null ? e : e with { Blob = (await payloads.KeepAsync(instance, e.Data, cancellation)).Blob };

    private sealed class Draft(InstanceRecord record, OrchestratorExecutor executor, StepResult result, List<HistoryEvent> events)
    {
        public InstanceRecord Record { get; set; } = record;
        public OrchestratorExecutor Executor { get; set; } = executor;
        public StepResult Result { get; set; } = result;
        public List<HistoryEvent> Events { get; set; } = events;
        public List<Message> Extra { get; } = [];
    }
}
