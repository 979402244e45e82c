using Azure;
using Azure.Data.Tables;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// Deletes old hours of the feed, of every workspace. It steps from partition to partition, so that it reads what is old and little else. An hour's
/// head goes last: whatever dies in between is taken up by the next sweep.
/// </summary>
internal sealed class FeedSweep(Tables tables)
{
    private const int Batch = 100;

    private readonly TableClient _table = tables.Events;

    /// <returns>How many hours are gone.</returns>
    public async Task<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        string limit = FeedHour.Name(before);
        int gone = 0;
        string after = "";
        while (await NextAsync(after, cancellationToken) is { } partition)
        {
            string[] parts = partition.Split(':');
            after = partition;
            // A workspace without an hour is where its feed begins and ends.
            if (parts is not [string workspace, string hour]) continue;
            if (string.CompareOrdinal(hour, limit) >= 0) after = Keys.EndOf($"{workspace}:");
            else if (await DeleteAsync(workspace, hour, cancellationToken)) gone++;
        }
        return gone;
    }

    /// <returns>False for the hour that is still written to, however old it is, or from which writers find it.</returns>
    private async Task<bool> DeleteAsync(string workspace, string hour, CancellationToken cancellationToken)
    {
        string partition = $"{workspace}:{hour}";
        if (await FindAsync(partition, FeedHour.HeadKey, cancellationToken) is { } head && head.GetString("NextHour") is null) return false;
        if ((await FindAsync(workspace, FeedHour.CurrentKey, cancellationToken))?.GetString("Hour") == hour) return false;
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ne {FeedHour.HeadKey}");
        await foreach (Page<TableEntity> page in _table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"], cancellationToken: cancellationToken).AsPages())
            foreach (TableEntity[] rows in page.Values.Chunk(Batch))
                await _table.SubmitTransactionAsync(
                    rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
        await _table.DeleteEntityAsync(partition, FeedHour.HeadKey, ETag.All, cancellationToken);
        return true;
    }

    private async Task<TableEntity?> FindAsync(string partition, string key, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private async Task<string?> NextAsync(string after, CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"PartitionKey gt {after}");
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, maxPerPage: 1, select: ["PartitionKey"], cancellationToken: cancellationToken))
            return row.PartitionKey;
        return null;
    }
}
