using System.Collections.Concurrent;

namespace LiveDesk.Local.Durable;

/// <summary>Wakes those in this process who wait for an instance to change.</summary>
internal sealed class InstanceSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);

    /// <summary>Completes at the instance's next change. Take it before looking at the instance.</summary>
    public Task NextChange(string instance) =>
        _waiting.GetOrAdd(instance, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Changed(string instance)
    {
        if (_waiting.TryRemove(instance, out TaskCompletionSource? waiter)) waiter.TrySetResult();
    }
}
