using System.Globalization;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local.Durable;

/// <summary>
/// The context of one execution. Calls become numbered actions and open tasks; the executor completes the tasks from the
/// history. All of it runs on the orchestrator's one thread.
/// </summary>
internal sealed class OrchestrationContext(
    ExecutionIdentity identity, OrchestratorThread thread, DataConverter converter, ILoggerFactory loggers) : TaskOrchestrationContext
{
    private readonly SortedDictionary<int, HistoryEvent> _actions = [];
    private readonly Dictionary<int, OpenTask> _open = [];
    private readonly ExternalEvents _events = new(converter);
    private int _nextTask;
    private int _guids;
    private string? _input;
    private DateTime _now;
    private bool _replaying;

    public override TaskName Name => identity.Name;
    public override string InstanceId => identity.Instance;
    public override ParentOrchestrationInstance? Parent =>
        identity.Parent is { } parent ? new ParentOrchestrationInstance(parent.Name, parent.Instance) : null;
    public override DateTime CurrentUtcDateTime => _now;
    public override bool IsReplaying => _replaying;
    protected override ILoggerFactory LoggerFactory => loggers;

    /// <summary>Whether the code used the context from a thread of its own.</summary>
    public bool WasMisused { get; private set; }

    /// <summary>What is asked for and not in the history yet, by number.</summary>
    public IReadOnlyCollection<HistoryEvent> Actions => _actions.Values;

    /// <summary>Whether the orchestration still waits for tasks; it is not over before they are.</summary>
    public bool HasOpenTasks => _open.Count > 0;

    /// <summary>Whether something durable can still wake the code.</summary>
    public bool CanBeWoken => _open.Count > 0 || _events.HasWaiters;

    /// <summary>Numbers of the tasks that are not answered.</summary>
    public IEnumerable<int> OpenTasks => _open.Keys;

    /// <summary>The next input in the form of an event, if the code asked to begin anew.</summary>
    public HistoryEvent? NextExecution { get; private set; }

    /// <summary>Whether events that nobody awaits are carried over then.</summary>
    public bool PreservesEvents { get; private set; }

    /// <summary>The serialized custom status.</summary>
    public string? CustomStatus { get; private set; }

    public ExternalEvents Events => _events;

    public void Begin(string? input) => _input = input;

    public void Moment(DateTime now, bool replaying)
    {
        _now = now;
        _replaying = replaying;
    }

    public void Replaying(bool replaying) => _replaying = replaying;

    /// <summary>Forgets what has been written to the history.</summary>
    public void ActionsAreWritten() => _actions.Clear();

    public HistoryEvent? TakeAction(int task) => _actions.Remove(task, out HistoryEvent? action) ? action : null;

    /// <summary>Completes an open task; one that is not open is a duplicate and is ignored.</summary>
    public void Answer(HistoryEvent answer)
    {
        if (!_open.Remove(answer.Task, out OpenTask? task))
            return;
        if (answer.Failure is not null) task.Result.TrySetException(new TaskFailedException(task.Name, answer.Task, answer.Failure));
        else task.Result.TrySetResult(answer.Data);
    }

    /// <summary>The input in the type that the function's parameter asks for.</summary>
    public object? InputAs(Type type) => converter.Deserialize(_input, type);

    public override T? GetInput<T>() where T : default => converter.Deserialize<T>(_input);

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        string? data = converter.Serialize(input);
        return Retries.RunAsync(this, name, options?.Retry, () =>
            CallAsync<TResult>(new HistoryEvent(EventKind.TaskScheduled) { Name = name, Data = data }));
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        string? data = converter.Serialize(input);
        string? instance = (options as SubOrchestrationOptions)?.InstanceId;
        return Retries.RunAsync(this, orchestratorName, options?.Retry, () => CallAsync<TResult>(
            new HistoryEvent(EventKind.SubOrchestrationCreated) { Name = orchestratorName, Data = data, Instance = instance }));
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        DateTime due = fireAt.Kind == DateTimeKind.Unspecified ? DateTime.SpecifyKind(fireAt, DateTimeKind.Utc) : fireAt.ToUniversalTime();
        HistoryEvent timer = Schedule(new HistoryEvent(EventKind.TimerCreated) { At = due }, out OpenTask open);
        if (cancellationToken.CanBeCanceled)
            cancellationToken.Register(() =>
            {
                if (!open.Result.TrySetCanceled(cancellationToken)) return;
                _open.Remove(timer.Task);
                // Cancelled within the step that made it: it need not be written at all.
                _actions.Remove(timer.Task);
            });
        return open.Result.Task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        EnsureAccess();
        return _events.WaitAsync<T>(eventName, cancellationToken);
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        EnsureAccess();
        ArgumentException.ThrowIfNullOrWhiteSpace(instanceId);
        int task = _nextTask++;
        _actions.Add(task, new HistoryEvent(EventKind.EventSent) { Task = task, Instance = instanceId, Name = eventName, Data = converter.Serialize(payload) });
    }

    public override void SetCustomStatus(object? customStatus)
    {
        EnsureAccess();
        CustomStatus = converter.Serialize(customStatus);
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true)
    {
        EnsureAccess();
        NextExecution = new HistoryEvent(EventKind.ExecutionStarted) { Name = Name, Data = converter.Serialize(newInput) };
        PreservesEvents = preserveUnprocessedEvents;
    }

    public override Guid NewGuid()
    {
        EnsureAccess();
        return DeterministicGuid.Create(InstanceId, CurrentUtcDateTime, _guids++);
    }

    private async Task<TResult> CallAsync<TResult>(HistoryEvent call)
    {
        Schedule(call, out OpenTask open);
        return converter.Deserialize<TResult>(await open.Result.Task)!;
    }

    private HistoryEvent Schedule(HistoryEvent call, out OpenTask open)
    {
        EnsureAccess();
        int task = _nextTask++;
        HistoryEvent action = call with { Task = task };
        if (call.Kind == EventKind.SubOrchestrationCreated && string.IsNullOrWhiteSpace(call.Instance))
            action = action with { Instance = string.Create(CultureInfo.InvariantCulture, $"{identity.Execution}:{task}") };
        _actions.Add(task, action);
        _open.Add(task, open = new OpenTask(call.Name ?? "timer"));
        return action;
    }

    private void EnsureAccess()
    {
        if (thread.IsCurrent)
            return;
        WasMisused = true;
        throw new InvalidOperationException(OrchestratorExecutor.IllegalAwait);
    }

    private sealed record OpenTask(string Name)
    {
        // Continuations run where the result is set: on the orchestrator's thread, in the order of the history.
        public TaskCompletionSource<string?> Result { get; } = new();
    }
}

/// <summary>Which execution of which instance.</summary>
internal sealed record ExecutionIdentity(string Instance, string Execution, string Name, ParentLink? Parent);
