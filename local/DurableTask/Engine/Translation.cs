using System.Globalization;

namespace LiveDesk.Local.Durable;

/// <summary>Messages become events and events become messages.</summary>
internal static class Translation
{
    /// <summary>What a message that was accepted adds to the history.</summary>
    public static HistoryEvent ToEvent(Message message) => new(message.Kind switch
    {
        MessageKind.Start => EventKind.ExecutionStarted,
        MessageKind.RaiseEvent => EventKind.EventRaised,
        MessageKind.ActivityCompleted => EventKind.TaskCompleted,
        MessageKind.ActivityFailed => EventKind.TaskFailed,
        MessageKind.TimerDue => EventKind.TimerFired,
        MessageKind.SubOrchestrationCompleted => EventKind.SubOrchestrationCompleted,
        MessageKind.SubOrchestrationFailed => EventKind.SubOrchestrationFailed,
        MessageKind.Terminate => EventKind.Terminated,
        MessageKind.Suspend => EventKind.Suspended,
        MessageKind.Resume => EventKind.Resumed,
        _ => throw new InvalidDataException($"A message of kind {message.Kind} is not for an instance."),
    })
    {
        Task = message.Task,
        Name = message.Name,
        Data = message.Data,
        Blob = message.Blob,
        Failure = message.Failure,
        Recursive = message.Recursive,
    };

    /// <summary>The message that carries out what an event asks for, or null if it asks for nothing.</summary>
    public static Message? ToMessage(HistoryEvent e, InstanceRecord sender) => e.Kind switch
    {
        EventKind.TaskScheduled => new Message(Message.NewId(), MessageKind.RunActivity, sender.Instance)
        {
            Execution = sender.Execution, Task = e.Task, Name = e.Name, Data = e.Data, Blob = e.Blob,
        },
        EventKind.TimerCreated => new Message(Message.NewId(), MessageKind.TimerDue, sender.Instance)
        {
            Execution = sender.Execution, Task = e.Task, DueAt = e.At,
        },
        // The same id each time: a copy must not start a second run, nor raise the event twice.
        EventKind.SubOrchestrationCreated => new Message(TaskId(sender, e), MessageKind.Start, e.Instance!)
        {
            Name = e.Name, Data = e.Data, Blob = e.Blob, CreatedAt = sender.UpdatedAt,
            Parent = new ParentLink(sender.Instance, sender.Execution, sender.Name, e.Task),
        },
        EventKind.EventSent => new Message(TaskId(sender, e), MessageKind.RaiseEvent, e.Instance!) { Name = e.Name, Data = e.Data, Blob = e.Blob },
        _ => null,
    };

    /// <summary>Tells the parent how its sub-orchestration ended.</summary>
    public static Message ToParent(ParentLink parent, Ending ending, Payload output) =>
        new(Message.NewId(), ending.Failure is null && ending.Status == Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Completed
            ? MessageKind.SubOrchestrationCompleted : MessageKind.SubOrchestrationFailed, parent.Instance)
        {
            Execution = parent.Execution,
            Task = parent.Task,
            Data = output.Text,
            Blob = output.Blob,
            Failure = ending.Status == Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Terminated
                ? new("Terminated", $"The sub-orchestration was terminated: {ending.Output}", null, null, null) : ending.Failure,
        };

    /// <summary>Tells the parent that its sub-orchestration could not start.</summary>
    public static Message Refusal(Message start) => new(Message.NewId(), MessageKind.SubOrchestrationFailed, start.Parent!.Instance)
    {
        Execution = start.Parent.Execution,
        Task = start.Parent.Task,
        Failure = new("DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException",
            $"An orchestration with the instance ID {start.Instance} already exists and has not ended.", null, null, null),
    };

    /// <summary>As it is stored: a text that is in a blob is not stored twice.</summary>
    public static HistoryEvent Stored(HistoryEvent e) => e.Blob is null ? e : e with { Data = null };

    /// <inheritdoc cref="Stored(HistoryEvent)"/>
    public static Message Stored(Message m) => m.Blob is null ? m : m with { Data = null };

    private static string TaskId(InstanceRecord sender, HistoryEvent e) => string.Create(CultureInfo.InvariantCulture, $"{sender.Execution}:{e.Task}");
}
