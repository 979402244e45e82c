using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LiveDesk.Local.Benchmark;

/// <summary>Counts the storage transactions of this process; polls of empty queues belong to no work and are left out.</summary>
internal sealed class StorageMeter : IDisposable
{
    // As long as a queue is not looked into at most, and a little more.
    private static readonly TimeSpan Still = TimeSpan.FromSeconds(1.5);

    private readonly MeterListener _listener = new();
    private long _count;
    private long _last;

    public StorageMeter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "livedesk.storage.transactions") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
                if (tag is { Key: "kind", Value: "queue.idle" }) return;
            Interlocked.Add(ref _count, count);
            Interlocked.Exchange(ref _last, Stopwatch.GetTimestamp());
        });
        _listener.Start();
    }

    public long Count => Interlocked.Read(ref _count);

    /// <summary>What the work costs, with everything that follows from it.</summary>
    public async Task<long> CountAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        await QuietAsync(cancellationToken);
        long before = Count;
        await work();
        await QuietAsync(cancellationToken);
        return Count - before;
    }

    /// <summary>Returns when nothing has been done for a while.</summary>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (Stopwatch.GetElapsedTime(Interlocked.Read(ref _last)) < Still) await pause.WaitForNextTickAsync(cancellationToken);
    }

    public void Dispose() => _listener.Dispose();
}
