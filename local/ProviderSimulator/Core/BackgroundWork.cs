namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>Work that outlives the request that caused it, and ends with the simulator.</summary>
public sealed class BackgroundWork : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    private readonly List<string> _failures = [];

    /// <summary>Work that ended with an unexpected error: a defect of the simulator.</summary>
    public IReadOnlyList<string> Failures
    {
        get { lock (_gate) return [.. _failures]; }
    }

    /// <summary>Cancelled when the simulator stops.</summary>
    public CancellationToken Stopping => _stop.Token;

    public void Run(Func<CancellationToken, Task> work)
    {
        Task task = Task.Run(() => Quietly(work), CancellationToken.None);
        lock (_gate) _running.Add(task);
        _ = task.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] running;
        lock (_gate) running = [.. _running];
        await Task.WhenAll(running);
        _stop.Dispose();
    }

    private async Task Quietly(Func<CancellationToken, Task> work)
    {
        try
        {
            await work(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // the simulator stops
        }
#pragma warning disable CA1031 // nobody awaits this work: what went wrong is shown by GET /simulator
        catch (Exception failure)
#pragma warning restore CA1031
        {
            lock (_gate) _failures.Add(failure.ToString());
        }
    }

    private void Forget(Task task)
    {
        lock (_gate) _running.Remove(task);
    }
}
