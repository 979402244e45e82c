namespace LiveDesk.Local.Durable;

/// <summary>What to do with a message that came for an instance.</summary>
internal enum Verdict
{
    /// <summary>It becomes part of the history.</summary>
    Accept,

    /// <summary>It has no effect: a duplicate, or for an execution that is over.</summary>
    Drop,

    /// <summary>A step took it in, but may not have sent its own messages: send them again, then drop it.</summary>
    SendAgain,

    /// <summary>It starts an instance whose id is in use: its caller must be told.</summary>
    Refuse,

    /// <summary>The instance is not known yet; look again later.</summary>
    NotYet,
}

/// <summary>Judges messages. Pure: it looks only at the instance, the message, and what was accepted before it in the same batch.</summary>
internal static class InboundRules
{
    public static Verdict Judge(Session session, Message message, IReadOnlyList<Message> accepted)
    {
        if (accepted.Any(other => IsSame(other, message)))
            return Verdict.Drop;
        // What the batch itself starts is not in the session yet.
        if (accepted.Any(other => other.Kind == MessageKind.Start))
            return message.Kind == MessageKind.Start ? Unwanted(message) : message.Execution is null ? Verdict.Accept : Verdict.Drop;
        return Judge(session, message);
    }

    /// <summary>Whether the message is turned away for a reason that may be out of date. What was taken in once stays so.</summary>
    public static bool IsRefusal(Session session, Message message, Verdict verdict) =>
        verdict is Verdict.Drop or Verdict.NotYet or Verdict.Refuse && session.ConsumedIn(message.Id) is null;

    private static Verdict Judge(Session session, Message message)
    {
        if (session.ConsumedIn(message.Id) is { } episode)
            return session.IsKnownSent(episode) ? Verdict.Drop : Verdict.SendAgain;
        if (message.Kind == MessageKind.Start)
            return JudgeStart(session, message);
        if (session.Record is not { } record)
            return message.Execution is null ? Verdict.NotYet : Verdict.Drop;
        if (record.IsOver || (message.Execution is not null && message.Execution != record.Execution))
            return Verdict.Drop;
        return message.Kind switch
        {
            MessageKind.RaiseEvent or MessageKind.Terminate or MessageKind.Suspend or MessageKind.Resume => Verdict.Accept,
            MessageKind.TimerDue => IsOpen(session, message, EventKind.TimerCreated),
            MessageKind.ActivityCompleted or MessageKind.ActivityFailed => IsOpen(session, message, EventKind.TaskScheduled),
            MessageKind.SubOrchestrationCompleted or MessageKind.SubOrchestrationFailed => IsOpen(session, message, EventKind.SubOrchestrationCreated),
            _ => Verdict.Drop,
        };
    }

    private static Verdict JudgeStart(Session session, Message message)
    {
        if (session.Record is not { } record)
            return Verdict.Accept;
        if (record.StartId == message.Id)
            return session.HasStarted || record.IsOver ? Verdict.Drop : Verdict.Accept;
        if (record.PastStarts.Contains(message.Id))
            return Verdict.Drop;
        if (!record.IsOver)
            return Unwanted(message);
        // A client writes the row of its new run itself. If it has not done so after a while, it was refused or has died, and its
        // caller knows of no start: a run that nobody asked for any more must not begin.
        return message.Parent is null ? Verdict.NotYet : Verdict.Accept;
    }

    private static Verdict Unwanted(Message start) => start.Parent is null ? Verdict.Drop : Verdict.Refuse;

    private static bool IsSame(Message a, Message b) => a.Id == b.Id
        || (a.Execution is not null && a.Execution == b.Execution && a.Task == b.Task)
        || (a.Kind == MessageKind.Terminate && b.Kind == MessageKind.Terminate);

    private static Verdict IsOpen(Session session, Message message, EventKind opened) =>
        session.OpenTasks.TryGetValue(message.Task, out HistoryEvent? open) && open.Kind == opened ? Verdict.Accept : Verdict.Drop;
}
