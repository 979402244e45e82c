namespace LiveDesk.Local.Durable;

/// <summary>
/// Hands over delayed messages of this process when they are due by the clock in use. The message in the queue is the safety
/// net for a restart; with its receipt at hand it need not be received.
/// </summary>
internal sealed class TimerWheel : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action<Delivery> _due;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Delivery, DateTimeOffset> _queue = new();
    private readonly Dictionary<string, Delivery> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Instance, string? Execution, int Task), Delivery> _byTask = [];
    private readonly ITimer _timer;

    public TimerWheel(TimeProvider time, Action<Delivery> due)
    {
        _time = time;
        _due = due;
        _timer = time.CreateTimer(_ => Fire(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public int Count
    {
        get { lock (_gate) return _waiting.Count; }
    }

    /// <summary>When the next message is due; null if none waits.</summary>
    public DateTimeOffset? Next
    {
        get { lock (_gate) return _waiting.Values.Min(delivery => delivery.Message.DueAt); }
    }

    /// <summary>Keeps a message until its DueAt. One that is here already has turned up again, and has a new receipt.</summary>
    public void Add(Delivery delivery)
    {
        lock (_gate)
        {
            _waiting[delivery.MessageId] = delivery;
            if (delivery.Message.Kind == MessageKind.TimerDue) _byTask[TaskOf(delivery)] = delivery;
            _queue.Enqueue(delivery, delivery.Message.DueAt ?? DateTimeOffset.MinValue);
            Arm();
        }
    }

    /// <summary>Takes out the waiting message of a task, which will not be handed over then; null if it is not here.</summary>
    public Delivery? Remove(string instance, string execution, int task)
    {
        lock (_gate)
        {
            if (!_byTask.Remove((instance, execution, task), out Delivery? found))
                return null;
            _waiting.Remove(found.MessageId);
            return found;
        }
    }

    public void Dispose() => _timer.Dispose();

    private void Fire()
    {
        var due = new List<Delivery>();
        lock (_gate)
        {
            DateTimeOffset now = _time.GetUtcNow();
            while (_queue.TryPeek(out Delivery? next, out DateTimeOffset at) && at <= now)
            {
                _queue.Dequeue();
                if (!_waiting.TryGetValue(next.MessageId, out Delivery? waiting) || waiting != next) continue;
                _waiting.Remove(next.MessageId);
                _byTask.Remove(TaskOf(next));
                due.Add(next);
            }
            Arm();
        }
        foreach (Delivery delivery in due)
            _due(delivery);
    }

    private static (string Instance, string? Execution, int Task) TaskOf(Delivery d) => (d.Message.Instance, d.Message.Execution, d.Message.Task);

    private void Arm()
    {
        if (!_queue.TryPeek(out _, out DateTimeOffset at))
            return;
        TimeSpan wait = at - _time.GetUtcNow();
        // Rounded up: a timer that fires a fraction of a millisecond early would find nothing due. Long waits go in stages.
        double milliseconds = Math.Clamp(Math.Ceiling(wait.TotalMilliseconds), 0, TimeSpan.FromDays(20).TotalMilliseconds);
        _timer.Change(TimeSpan.FromMilliseconds(milliseconds), Timeout.InfiniteTimeSpan);
    }
}
