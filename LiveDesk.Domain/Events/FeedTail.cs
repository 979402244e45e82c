using System.Collections.Concurrent;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>
/// Waits for the feed to move on. An append of this process wakes at once; for those of others one look at the end of the feed every
/// <see cref="Interval"/> serves all who wait, however many they are.
/// </summary>
public sealed class FeedTail(IEventReader reader, TimeProvider time) : IDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<WorkspaceId, End> _ends = new();

    /// <summary>Returns when there may be something behind the place, or at <paramref name="until"/>.</summary>
    /// <param name="appended">From <see cref="FeedSignals.Next"/>, asked for before the feed was read.</param>
    public async Task WaitAsync(
        WorkspaceId workspace, FeedPosition place, Task appended, DateTimeOffset until, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan left = until - time.GetUtcNow();
            if (left <= TimeSpan.Zero) return;
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task tick = time.WaitAsync(left < Interval ? left : Interval, waiting.Token);
            Task first = await Task.WhenAny(appended, tick);
            await waiting.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            if (first == appended || await EndAsync(workspace, cancellationToken) > place) return;
        }
    }

    public void Dispose()
    {
        foreach (End end in _ends.Values) end.Turn.Dispose();
    }

    private async Task<FeedPosition> EndAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        End end = _ends.GetOrAdd(workspace, _ => new End());
        await end.Turn.WaitAsync(cancellationToken);
        try
        {
            DateTimeOffset now = time.GetUtcNow();
            if (end.Known is not { } known || now - end.SeenAt >= Interval)
            {
                end.Known = known = await reader.EndAsync(workspace, end.Known, cancellationToken);
                end.SeenAt = now;
            }
            return known;
        }
        finally
        {
            end.Turn.Release();
        }
    }

    private sealed class End
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public FeedPosition? Known { get; set; }

        public DateTimeOffset SeenAt { get; set; }
    }
}
