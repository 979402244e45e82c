using Azure.Data.Tables;

namespace LiveDesk.Functions.Storage;

/// <summary>The first rows of a query.</summary>
/// <param name="More">Whether there are others behind them.</param>
internal sealed record FirstRows(IReadOnlyList<TableEntity> Rows, bool More);

/// <summary>
/// Reads as many rows as are asked for. The service may answer with fewer than fit a page, even with none, and a continuation token
/// (learn.microsoft.com/rest/api/storageservices/query-timeout-and-pagination): a short page is not the end.
/// </summary>
internal static class FirstRowsReading
{
    public static async Task<FirstRows> FirstRowsAsync(this TableClient table, string filter, int limit, CancellationToken cancellationToken)
    {
        var rows = new List<TableEntity>(limit);
        await foreach (Azure.Page<TableEntity> page in table.QueryAsync<TableEntity>(filter, maxPerPage: limit, cancellationToken: cancellationToken).AsPages())
        {
            rows.AddRange(page.Values.Take(limit - rows.Count));
            if (rows.Count == limit) return new FirstRows(rows, page.ContinuationToken is not null || page.Values[^1].RowKey != rows[^1].RowKey);
        }
        return new FirstRows(rows, false);
    }
}
