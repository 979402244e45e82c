namespace LiveDesk.Local.Durable;

/// <summary>
/// Runs an orchestrator's continuations on the thread that replays it, in order. A continuation that comes from another thread
/// means that the orchestrator awaited something that is not durable.
/// </summary>
internal sealed class OrchestratorThread : SynchronizationContext
{
    private const int Nobody = 0;

    private readonly Queue<(SendOrPostCallback Callback, object? State)> _queue = new();
    private volatile int _owner = Nobody;
    private volatile bool _sawForeign;

    /// <summary>Whether a continuation came from another thread.</summary>
    public bool SawForeign => _sawForeign;

    /// <summary>Whether the caller is the orchestrator's code.</summary>
    public bool IsCurrent => _owner == Environment.CurrentManagedThreadId;

    /// <summary>Runs the action and whatever follows from it.</summary>
    public void Run(Action action)
    {
        SynchronizationContext? before = Current;
        SetSynchronizationContext(this);
        _owner = Environment.CurrentManagedThreadId;
        try
        {
            action();
            Drain();
        }
        finally
        {
            _owner = Nobody;
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs the continuations that are waiting.</summary>
    public void Drain()
    {
        while (_queue.TryDequeue(out var next))
            next.Callback(next.State);
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent) _queue.Enqueue((d, state));
        else _sawForeign = true;
    }

    public override void Send(SendOrPostCallback d, object? state)
    {
        if (IsCurrent) d(state);
        else _sawForeign = true;
    }

    public override SynchronizationContext CreateCopy() => this;
}
