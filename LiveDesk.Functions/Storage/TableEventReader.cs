using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// Reads what <see cref="TableEventFeed"/> writes. The keys of an hour's events stand right before its head row, so that one query finds the next
/// events and, at their end, whether the hour is over and which one follows.
/// </summary>
internal sealed class TableEventReader(Tables tables, TimeProvider time) : IEventReader
{
    // Hours without many events are passed quickly, but not all at once: the caller goes on from there.
    private const int MostHours = 50;

    private readonly TableClient _table = tables.Events;

    public async Task<FeedPosition> EndAsync(WorkspaceId workspace, FeedPosition? known, CancellationToken cancellationToken)
    {
        string? hour = known?.Hour;
        TableEntity? head = hour is null ? null : await FindAsync(FeedHour.PartitionOf(workspace, hour), FeedHour.HeadKey, cancellationToken);
        if (head is null)
        {
            hour = (await FindAsync(workspace.Value, FeedHour.CurrentKey, cancellationToken))?.GetString("Hour");
            if (hour is null) return new FeedPosition(FeedHour.Name(time.GetUtcNow()), 0);
            head = await FindAsync(FeedHour.PartitionOf(workspace, hour), FeedHour.HeadKey, cancellationToken);
        }
        while (head?.GetString("NextHour") is { } next)
        {
            hour = next;
            head = await FindAsync(FeedHour.PartitionOf(workspace, hour), FeedHour.HeadKey, cancellationToken);
        }
        return new FeedPosition(hour!, head?.GetInt64("Next") ?? 0);
    }

    public async Task<bool> KeepsAsync(WorkspaceId workspace, FeedPosition place, CancellationToken cancellationToken) =>
        await FindAsync(FeedHour.PartitionOf(workspace, place.Hour), FeedHour.HeadKey, cancellationToken) is not null;

    public async Task<FeedPage> ReadAsync(WorkspaceId workspace, FeedPosition from, int limit, CancellationToken cancellationToken)
    {
        var items = new List<FeedEvent>();
        FeedPosition place = from;
        for (int hour = 0; hour < MostHours; hour++)
        {
            (place, TableEntity? head) = await ReadHourAsync(workspace, place, limit, items, cancellationToken);
            if (items.Count >= limit) break;
            if (head is null)
            {
                // Nobody has written in this hour.
                if (await LaterAsync(workspace, place.Hour, cancellationToken) is not { } later) break;
                place = new FeedPosition(later, 0);
            }
            else if (head.GetInt64("Next") > place.Number) continue;
            else if (head.GetString("NextHour") is { } next) place = new FeedPosition(next, 0);
            else break;
        }
        return new FeedPage(items, place);
    }

    /// <returns>The place behind the last event taken, and the hour's head if the events went up to it.</returns>
    private async Task<(FeedPosition Place, TableEntity? Head)> ReadHourAsync(
        WorkspaceId workspace, FeedPosition place, int limit, List<FeedEvent> items, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {FeedHour.PartitionOf(workspace, place.Hour)} and RowKey ge {FeedHour.EventKey(place.Number)} and RowKey le {FeedHour.HeadKey}");
        int wanted = limit - items.Count + 1;
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, maxPerPage: wanted, cancellationToken: cancellationToken))
        {
            if (row.RowKey == FeedHour.HeadKey) return (place, row);
            if (items.Count >= limit) break;
            long number = long.Parse(row.RowKey.AsSpan(FeedHour.EventPrefix.Length), CultureInfo.InvariantCulture);
            // Numbers have no gaps. What is missing here has been erased, unless it was written after the query had passed its place.
            if (number != place.Number && await FindAsync(row.PartitionKey, FeedHour.EventKey(place.Number), cancellationToken) is not null) break;
            items.Add(RowDocument.Read<FeedEvent>(row));
            place = place with { Number = number + 1 };
        }
        return (place, null);
    }

    private async Task<string?> LaterAsync(WorkspaceId workspace, string hour, CancellationToken cancellationToken)
    {
        string from = FeedHour.PartitionOf(workspace, hour), to = FeedHour.PartitionOf(workspace, ":");
        string filter = TableClient.CreateQueryFilter($"PartitionKey gt {from} and PartitionKey lt {to} and RowKey eq {FeedHour.HeadKey}");
        await foreach (TableEntity head in _table.QueryAsync<TableEntity>(filter, maxPerPage: 1, cancellationToken: cancellationToken))
            return head.PartitionKey[(workspace.Value.Length + 1)..];
        return null;
    }

    private async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }
}
