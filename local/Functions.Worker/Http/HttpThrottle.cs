namespace LiveDesk.Local;

/// <summary>maxOutstandingRequests and maxConcurrentRequests of host.json.</summary>
internal sealed class HttpThrottle(int maxOutstanding, int maxConcurrent) : IDisposable
{
    private readonly SemaphoreSlim? _running = maxConcurrent > 0 ? new SemaphoreSlim(maxConcurrent) : null;
    private int _outstanding;

    /// <summary>Runs the work once there is room; false at once if too much already waits.</summary>
    public async Task<bool> TryRunAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref _outstanding) > maxOutstanding && maxOutstanding >= 0)
                return false;
            await RunAsync(work, cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _outstanding);
        }
    }

    public void Dispose() => _running?.Dispose();

    private async Task RunAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        if (_running is not null)
            await _running.WaitAsync(cancellationToken);
        try
        {
            await work();
        }
        finally
        {
            _running?.Release();
        }
    }
}
