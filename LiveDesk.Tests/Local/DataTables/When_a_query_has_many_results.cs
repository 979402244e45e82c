using Azure.Data.Tables;

namespace LiveDesk.Tests.Local.DataTables;

public sealed class When_a_query_has_many_results
{
    private static async Task<TableClient> TableWithAsync(int count)
    {
        var table = await NewTable.CreateAsync();
        foreach (var chunk in Enumerable.Range(0, count).Chunk(100))
            await table.SubmitTransactionAsync(chunk.Select(i => new TableTransactionAction(
                TableTransactionActionType.Add, new TableEntity("p' ü", $"r {i:0000} é") { ["N"] = i })));
        return table;
    }

    [Fact]
    public async Task It_continues_over_a_thousand_in_order()
    {
        var table = await TableWithAsync(1050);

        int[] numbers = await table.QueryAsync<TableEntity>(select: ["N"]).Select(entity => entity.GetInt32("N")!.Value).ToArrayAsync();
        var pages = await table.QueryAsync<TableEntity>().AsPages().Select(page => page.Values.Count).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 1050), numbers);
        Assert.Equal([1000, 50], pages);
    }

    [Fact]
    public async Task A_page_can_be_resumed_from_its_token()
    {
        var table = await TableWithAsync(7);

        var first = await table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages().FirstAsync();
        var rest = await table.QueryAsync<TableEntity>(maxPerPage: 3).AsPages(first.ContinuationToken, pageSizeHint: 2).ToListAsync();

        Assert.Equal(3, first.Values.Count);
        Assert.Equal([2, 2], rest.Select(page => page.Values.Count));
        Assert.Equal([3, 4, 5, 6], rest.SelectMany(page => page.Values).Select(entity => entity.GetInt32("N")));
        Assert.Null(rest[^1].ContinuationToken);
    }

    [Fact]
    public async Task The_blocking_pages_are_the_same()
    {
        var table = await TableWithAsync(5);

        Assert.Equal([2, 2, 1], table.Query<TableEntity>(maxPerPage: 2).AsPages().Select(page => page.Values.Count));
    }

    [Fact]
    public async Task A_cancelled_query_stops()
    {
        var table = await TableWithAsync(3);
        using var cancelled = new CancellationTokenSource();
        int seen = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in table.QueryAsync<TableEntity>(maxPerPage: 1, cancellationToken: cancelled.Token))
            {
                seen++;
                await cancelled.CancelAsync();
            }
        });
        Assert.Equal(1, seen);
    }
}
