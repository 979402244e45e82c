using Azure;
using Azure.Data.Tables;

namespace LiveDesk.Tests.Local.DataTables;

public sealed class When_a_transaction_is_submitted
{
    [Fact]
    public async Task All_kinds_of_changes_happen_together()
    {
        var table = await NewTable.CreateAsync();
        foreach (string row in new[] { "merged", "replaced", "deleted", "upserted" })
            await table.AddEntityAsync(new TableEntity("p", row) { ["Old"] = 1 });
        var etag = (await table.GetEntityAsync<TableEntity>("p", "merged")).Value.ETag;
        TableEntity New(string row) => new("p", row) { ["New"] = "ü{}'\"\r\n--x" };

        var response = await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, New("added")),
            new(TableTransactionActionType.UpdateMerge, New("merged"), etag),
            new(TableTransactionActionType.UpdateReplace, New("replaced"), ETag.All),
            new(TableTransactionActionType.Delete, New("deleted")),
            new(TableTransactionActionType.UpsertMerge, New("upserted")),
            new(TableTransactionActionType.UpsertReplace, New("inserted")),
        ]);

        var rows = await table.QueryAsync<TableEntity>().ToDictionaryAsync(entity => entity.RowKey);
        Assert.Equal(["added", "inserted", "merged", "replaced", "upserted"], rows.Keys.Order());
        Assert.All(rows.Values, entity => Assert.Equal("ü{}'\"\r\n--x", entity.GetString("New")));
        Assert.Equal(["merged", "upserted"], rows.Values.Where(entity => entity.ContainsKey("Old")).Select(entity => entity.RowKey).Order());
        Assert.Equal(6, response.Value.Count);
        Assert.All(response.Value, part => Assert.Equal(204, part.Status));
        Assert.Equal(rows["added"].ETag, response.Value[0].Headers.ETag);
        Assert.Equal(rows["merged"].ETag, response.Value[1].Headers.ETag);
        Assert.Null(response.Value[3].Headers.ETag);
    }

    [Theory]
    [InlineData("exists", 409, "EntityAlreadyExists")]
    [InlineData("stale", 412, "UpdateConditionNotSatisfied")]
    [InlineData("missing", 404, "ResourceNotFound")]
    [InlineData("twice", 400, "InvalidDuplicateRow")]
    [InlineData("partition", 400, "CommandsInBatchActOnDifferentPartitions")]
    public async Task One_refusal_undoes_everything_and_tells_which(string refused, int status, string code)
    {
        var table = await NewTable.CreateAsync();
        var stale = (await table.AddEntityAsync(new Parcel { RowKey = "exists", Count = 1 })).Headers.ETag!.Value;
        await table.UpsertEntityAsync(new Parcel { RowKey = "exists", Count = 2 });
        await table.AddEntityAsync(new Parcel { RowKey = "other", Count = 1 });
        var failing = refused switch
        {
            "exists" => new TableTransactionAction(TableTransactionActionType.Add, new Parcel { RowKey = "exists" }),
            "stale" => new TableTransactionAction(TableTransactionActionType.UpdateReplace, new Parcel { RowKey = "exists" }, stale),
            "missing" => new TableTransactionAction(TableTransactionActionType.UpdateMerge, new Parcel { RowKey = "missing" }, ETag.All),
            "twice" => new TableTransactionAction(TableTransactionActionType.UpsertMerge, new Parcel { RowKey = "new" }),
            _ => new TableTransactionAction(TableTransactionActionType.Add, new Parcel { PartitionKey = "another" }),
        };

        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new Parcel { RowKey = "new" }),
            new(TableTransactionActionType.UpsertReplace, new Parcel { RowKey = "other", Count = 7 }),
            failing,
            new(TableTransactionActionType.Add, new Parcel { RowKey = "newer" }),
        ]));

        Assert.Equal(2, error.FailedTransactionActionIndex);
        Assert.Equal(status, error.Status);
        Assert.Equal(code, error.ErrorCode);
        var rows = await table.QueryAsync<Parcel>().ToDictionaryAsync(parcel => parcel.RowKey, parcel => parcel.Count);
        Assert.Equal(new Dictionary<string, int> { ["exists"] = 2, ["other"] = 1 }, rows);
    }

    [Fact]
    public async Task A_deletion_of_a_missing_entity_is_refused()
    {
        var table = await NewTable.CreateAsync();

        var error = await Assert.ThrowsAsync<TableTransactionFailedException>(() => table.SubmitTransactionAsync(
            [new(TableTransactionActionType.Delete, new Parcel())]));

        Assert.Equal((404, 0), (error.Status, error.FailedTransactionActionIndex));
    }

    [Fact]
    public async Task A_hundred_changes_fit()
    {
        var table = await NewTable.CreateAsync();

        var response = await table.SubmitTransactionAsync(
            Enumerable.Range(0, 100).Select(i => new TableTransactionAction(TableTransactionActionType.Add, new Parcel { RowKey = $"r{i:00}", Count = i })));

        Assert.Equal(100, response.Value.Count);
        Assert.Equal(100, await table.QueryAsync<Parcel>().CountAsync());
    }

    [Fact]
    public async Task Of_transactions_with_the_same_condition_one_wins()
    {
        var table = await NewTable.CreateAsync();
        var etag = (await table.AddEntityAsync(new Parcel { RowKey = "head" })).Headers.ETag!.Value;

        bool[] won = await Task.WhenAll(Enumerable.Range(1, 12).Select(async n =>
        {
            try
            {
                await table.SubmitTransactionAsync(
                [
                    new(TableTransactionActionType.Add, new Parcel { RowKey = $"event{n}" }),
                    new(TableTransactionActionType.UpdateReplace, new Parcel { RowKey = "head", Count = n }, etag),
                ]);
                return true;
            }
            catch (TableTransactionFailedException e) when (e.Status == 412 && e.FailedTransactionActionIndex == 1)
            {
                return false;
            }
        }));

        Assert.Single(won, true);
        int winner = Array.IndexOf(won, true) + 1;
        Assert.Equal(["event" + winner, "head"], await table.QueryAsync<Parcel>().Select(parcel => parcel.RowKey).ToListAsync());
    }

    [Fact]
    public async Task An_empty_one_is_refused_before_it_is_sent()
    {
        var table = await NewTable.CreateAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => table.SubmitTransactionAsync([]));
    }
}
