namespace LiveDesk.Local;

/// <summary>Waiting on a clock that may be a fake one.</summary>
public static class TimeProviderExtensions
{
    /// <summary>Completes after the span on this clock (at once if it is not positive), or throws when cancelled.</summary>
    public static async Task WaitAsync(this TimeProvider time, TimeSpan span, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (span <= TimeSpan.Zero)
            return;
        var passed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using ITimer timer = time.CreateTimer(_ => passed.TrySetResult(), null, span, Timeout.InfiniteTimeSpan);
        await using CancellationTokenRegistration cancelled =
            cancellationToken.UnsafeRegister((_, token) => passed.TrySetCanceled(token), null);
        await passed.Task;
    }
}
