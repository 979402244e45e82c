using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace LiveDesk.Local.Durable;

/// <summary>What happened to an instance. Only these are stored; everything else is computed from them by replay.</summary>
internal enum EventKind
{
    StepStarted,
    ExecutionStarted,
    TaskScheduled,
    TaskCompleted,
    TaskFailed,
    SubOrchestrationCreated,
    SubOrchestrationCompleted,
    SubOrchestrationFailed,
    TimerCreated,
    TimerFired,
    EventRaised,
    EventSent,
    Suspended,
    Resumed,
    Terminated,
    ExecutionCompleted,
}

/// <summary>One fact of a history.</summary>
internal sealed record HistoryEvent(EventKind Kind)
{
    /// <summary>The task's number: its own for what was scheduled, the one it answers for what came back.</summary>
    public int Task { get; init; }

    /// <summary>Task, orchestrator or event name.</summary>
    public string? Name { get; init; }

    /// <summary>Input, result, event payload or reason. Empty in storage if it is in a blob.</summary>
    public string? Data { get; init; }

    /// <summary>The blob that holds <see cref="Data"/>.</summary>
    public string? Blob { get; init; }

    /// <summary>The other instance: sub-orchestration or receiver.</summary>
    public string? Instance { get; init; }

    /// <summary>When the step began, or when a timer is due (UTC).</summary>
    public DateTime? At { get; init; }

    /// <summary>Why it failed.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Whether a termination goes on to sub-orchestrations.</summary>
    public bool Recursive { get; init; }

    /// <summary>Whether it asks something of the outside that is answered by an event with the same number.</summary>
    [JsonIgnore]
    public bool OpensTask => Kind is EventKind.TaskScheduled or EventKind.SubOrchestrationCreated or EventKind.TimerCreated;

    /// <summary>Whether it answers a task.</summary>
    [JsonIgnore]
    public bool ClosesTask => Kind is EventKind.TaskCompleted or EventKind.TaskFailed or EventKind.TimerFired
        or EventKind.SubOrchestrationCompleted or EventKind.SubOrchestrationFailed;
}

/// <summary>One committed step of an instance.</summary>
/// <param name="Number">From 0 in each execution.</param>
/// <param name="Consumed">Ids of the messages that the step took in; a redelivered one is recognised by them.</param>
/// <param name="Events">What happened, in order.</param>
/// <param name="Extra">Messages to send that do not follow from the events.</param>
internal sealed record Episode(int Number, IReadOnlyList<string> Consumed, IReadOnlyList<HistoryEvent> Events, IReadOnlyList<Message>? Extra);
