using Microsoft.DurableTask;

namespace LiveDesk.Local.Durable;

/// <summary>
/// Events of an execution by name, without regard to case. The latest waiter gets the next event, so that an abandoned waiter
/// (a Task.WhenAny in a loop) does not swallow it; events that nobody awaits are kept in order.
/// </summary>
internal sealed class ExternalEvents(DataConverter converter)
{
    private readonly Dictionary<string, Stack<Waiter>> _waiters = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<HistoryEvent> _kept = [];

    public bool HasWaiters => _waiters.Values.Any(stack => stack.Any(waiter => !waiter.IsOver));

    public Task<T> WaitAsync<T>(string name, CancellationToken cancellation)
    {
        Stack<Waiter> stack = _waiters.TryGetValue(name, out Stack<Waiter>? existing) ? existing : _waiters[name] = new Stack<Waiter>();
        while (stack.TryPeek(out Waiter? gone) && gone.IsOver) stack.Pop();
        if (stack.TryPeek(out Waiter? other) && other.Type != typeof(T))
            throw new ArgumentException(
                $"Events with the same name must have the same type argument. Expected {other.Type.FullName} but was requested {typeof(T).FullName}.");
        var waiter = new Waiter<T>();
        stack.Push(waiter);
        int buffered = _kept.FindIndex(e => string.Equals(e.Name, name, StringComparison.OrdinalIgnoreCase));
        if (buffered >= 0)
        {
            HistoryEvent oldest = _kept[buffered];
            _kept.RemoveAt(buffered);
            Raise(oldest);
        }
        if (cancellation.CanBeCanceled)
            cancellation.Register(() => waiter.Source.TrySetCanceled(cancellation));
        return waiter.Source.Task;
    }

    public void Raise(HistoryEvent raised)
    {
        if (_waiters.TryGetValue(raised.Name!, out Stack<Waiter>? stack))
            while (stack.TryPop(out Waiter? waiter))
                if (!waiter.IsOver)
                {
                    waiter.Complete(raised.Data, converter);
                    return;
                }
        _kept.Add(raised);
    }

    /// <summary>The events that nobody awaited, in order; they are no longer here then.</summary>
    public IReadOnlyList<HistoryEvent> TakeKept()
    {
        HistoryEvent[] kept = [.. _kept];
        _kept.Clear();
        return kept;
    }

    private abstract class Waiter
    {
        public abstract Type Type { get; }
        public abstract bool IsOver { get; }
        public abstract void Complete(string? data, DataConverter converter);
    }

    private sealed class Waiter<T> : Waiter
    {
        public TaskCompletionSource<T> Source { get; } = new();
        public override Type Type => typeof(T);
        public override bool IsOver => Source.Task.IsCompleted;

        public override void Complete(string? data, DataConverter converter)
        {
            T value;
            try
            {
                value = converter.Deserialize<T>(data)!;
            }
            catch (Exception e)
            {
                Source.TrySetException(e);
                return;
            }
            Source.TrySetResult(value);
        }
    }
}
