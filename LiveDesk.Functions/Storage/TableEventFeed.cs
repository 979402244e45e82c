using System.Collections.Concurrent;
using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// The feed in the table <c>Events</c>: a partition per workspace and hour with a running number, so that a reader sees every event, once,
/// in order, and never misses one that was written while it read. The head row of an hour is sealed when the next hour begins.
/// Appends of this process that wait for each other share one transaction.
/// </summary>
internal sealed class TableEventFeed(Tables tables, TimeProvider time) : IEventFeed, IDisposable
{
    // Each event is two rows, the head is one: 49 fit into the 100 of an entity-group transaction.
    private const int BatchSize = 49;

    private readonly TableClient _table = tables.Events;
    private readonly ConcurrentDictionary<WorkspaceId, Writer> _writers = new();

    public Task AppendAsync(WorkspaceId workspace, IReadOnlyList<FeedEvent> events, CancellationToken cancellationToken) =>
        _writers.GetOrAdd(workspace, id => new Writer(_table, time, id)).AppendAsync(events, cancellationToken);

    public void Dispose()
    {
        foreach (Writer writer in _writers.Values) writer.Dispose();
    }

    private sealed class Writer(TableClient table, TimeProvider time, WorkspaceId workspace) : IDisposable
    {
        private readonly SemaphoreSlim _turn = new(1, 1);
        private readonly ConcurrentQueue<Append> _waiting = new();
        private FeedHour? _hour;

        public async Task AppendAsync(IReadOnlyList<FeedEvent> events, CancellationToken cancellationToken)
        {
            var mine = new Append(events);
            _waiting.Enqueue(mine);
            await _turn.WaitAsync(cancellationToken);
            try
            {
                while (!mine.Done.Task.IsCompleted) await CommitAsync(Take(), cancellationToken);
            }
            finally
            {
                _turn.Release();
            }
            await mine.Done.Task;
        }

        public void Dispose() => _turn.Dispose();

        private List<Append> Take()
        {
            var batch = new List<Append>();
            int rows = 0;
            while (_waiting.TryPeek(out Append? next) && (batch.Count == 0 || rows + next.Events.Count <= BatchSize))
            {
                _waiting.TryDequeue(out next);
                batch.Add(next!);
                rows += next!.Events.Count;
            }
            return batch;
        }

        private async Task CommitAsync(List<Append> batch, CancellationToken cancellationToken)
        {
            try
            {
                FeedEvent[] events = [.. batch.SelectMany(a => a.Events).DistinctBy(e => e.Id)];
                foreach (FeedEvent[] chunk in events.Chunk(BatchSize)) await CommitAsync(chunk, cancellationToken);
                foreach (Append append in batch) append.Done.TrySetResult();
            }
            catch (Exception e)
            {
                foreach (Append append in batch) append.Done.TrySetException(e);
            }
        }

        private async Task CommitAsync(FeedEvent[] events, CancellationToken cancellationToken)
        {
            var left = new List<FeedEvent>(events);
            string? looked = null;
            while (left.Count > 0)
            {
                FeedHour hour = await CurrentAsync(cancellationToken);
                if (looked != hour.Hour) await RemoveToldBeforeAsync(hour, left, cancellationToken);
                looked = hour.Hour;
                if (left.Count == 0) return;
                try
                {
                    Response answer = (await table.SubmitTransactionAsync(hour.Appending(left), cancellationToken)).Value[0];
                    _hour = hour with { Next = hour.Next + left.Count, Version = answer.Headers.ETag!.Value };
                    return;
                }
                catch (TableTransactionFailedException e) when (e.Status == 409)
                {
                    await RemoveToldAsync(hour, left, cancellationToken);
                    _hour = null;
                }
                catch (TableTransactionFailedException e) when (e.Status is 404 or 412)
                {
                    _hour = null;
                }
            }
        }

        /// <summary>An hour knows only what was told in it; what happened before may have been told before. Costs nothing within the hour.</summary>
        private async Task RemoveToldBeforeAsync(FeedHour hour, List<FeedEvent> events, CancellationToken cancellationToken)
        {
            foreach (FeedEvent told in events.ToArray())
            {
                foreach (string earlier in hour.Since(told.ToldSince ?? told.OccurredAt))
                {
                    if (!await IsToldAsync(FeedHour.PartitionOf(workspace, earlier), told, cancellationToken)) continue;
                    events.Remove(told);
                    break;
                }
            }
        }

        private async Task<bool> IsToldAsync(string partition, FeedEvent told, CancellationToken cancellationToken) =>
            (await table.GetEntityIfExistsAsync<TableEntity>(partition, FeedHour.IdKey(told.Id), cancellationToken: cancellationToken)).HasValue;

        private async Task RemoveToldAsync(FeedHour hour, List<FeedEvent> events, CancellationToken cancellationToken)
        {
            foreach (FeedEvent told in events.ToArray())
            {
                if (await IsToldAsync(hour.Partition, told, cancellationToken)) events.Remove(told);
            }
        }

        private async Task<FeedHour> CurrentAsync(CancellationToken cancellationToken)
        {
            string now = FeedHour.Name(time.GetUtcNow());
            FeedHour hour = _hour ??= await FeedHour.OpenAsync(table, workspace, now, cancellationToken);
            while (string.CompareOrdinal(hour.Hour, now) < 0)
            {
                FeedHour? next = await hour.RollAsync(table, now, cancellationToken);
                hour = next ?? await FeedHour.OpenAsync(table, workspace, now, cancellationToken);
            }
            return _hour = hour;
        }
    }

    private sealed record Append(IReadOnlyList<FeedEvent> Events)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
