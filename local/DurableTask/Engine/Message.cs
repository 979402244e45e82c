using Microsoft.DurableTask;

namespace LiveDesk.Local.Durable;

/// <summary>What a queue message asks for.</summary>
internal enum MessageKind
{
    Start,
    RaiseEvent,
    ActivityCompleted,
    ActivityFailed,
    TimerDue,
    SubOrchestrationCompleted,
    SubOrchestrationFailed,
    Terminate,
    Suspend,
    Resume,
    RunActivity,
}

/// <summary>A work item in a queue. It may come more than once and is recognised by its id or by the task that it answers.</summary>
/// <param name="Id">Unique, except that an event sent again by a replayed step keeps its id.</param>
/// <param name="Kind">What is asked for.</param>
/// <param name="Instance">The instance that it goes to; for an activity the one that called it.</param>
internal sealed record Message(string Id, MessageKind Kind, string Instance)
{
    /// <summary>The execution that it belongs to; null if it is for whichever runs.</summary>
    public string? Execution { get; init; }

    /// <summary>The task that it answers or carries out.</summary>
    public int Task { get; init; }

    /// <summary>Orchestrator, activity or event name.</summary>
    public string? Name { get; init; }

    /// <summary>Input, result, payload or reason.</summary>
    public string? Data { get; init; }

    /// <summary>The blob that holds <see cref="Data"/>.</summary>
    public string? Blob { get; init; }

    /// <summary>Why the task failed.</summary>
    public TaskFailureDetails? Failure { get; init; }

    /// <summary>Not to be handled before (UTC).</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Who called the sub-orchestration.</summary>
    public ParentLink? Parent { get; init; }

    /// <summary>Tags of the new instance.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>When the start was asked for (UTC).</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Whether a termination goes on to sub-orchestrations.</summary>
    public bool Recursive { get; init; }

    public static string NewId() => Guid.NewGuid().ToString("N");
}

/// <summary>The task of another instance that waits for this one.</summary>
internal sealed record ParentLink(string Instance, string Execution, string Name, int Task);
