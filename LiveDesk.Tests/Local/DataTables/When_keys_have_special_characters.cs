using Azure;
using Azure.Data.Tables;

namespace LiveDesk.Tests.Local.DataTables;

public sealed class When_keys_have_special_characters
{
    [Theory]
    [InlineData("it's")]
    [InlineData("'")]
    [InlineData("ws:contact:+358 40")]
    [InlineData("a&b=c;d,e")]
    [InlineData("100%25 (x) [y] {z}")]
    [InlineData("Ünï 世界 😀")]
    [InlineData("$batch")]
    [InlineData("")]
    public async Task The_entity_is_found_changed_and_deleted_by_them(string key)
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new Parcel { PartitionKey = key, RowKey = key, Count = 1 });
        var etag = (await table.GetEntityAsync<Parcel>(key, key)).Value.ETag;

        await table.UpdateEntityAsync(new Parcel { PartitionKey = key, RowKey = key, Count = 2 }, etag);
        await table.SubmitTransactionAsync(
        [
            new(TableTransactionActionType.Add, new Parcel { PartitionKey = key, RowKey = key + "2" }),
            new(TableTransactionActionType.UpdateMerge, new Parcel { PartitionKey = key, RowKey = key, Count = 3 }, ETag.All),
        ]);

        var found = await table.QueryAsync<Parcel>(p => p.PartitionKey == key && p.RowKey == key).ToListAsync();
        Assert.Equal((key, key, 3), (Assert.Single(found).PartitionKey, found[0].RowKey, found[0].Count));
        Assert.Equal(204, (await table.DeleteEntityAsync(key, key)).Status);
        Assert.False((await table.GetEntityIfExistsAsync<Parcel>(key, key)).HasValue);
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\tb")]
    public async Task Those_that_the_service_reserves_are_refused(string key)
    {
        var table = await NewTable.CreateAsync();

        Func<Task>[] uses =
        [
            () => table.AddEntityAsync(new Parcel { RowKey = key }),
            () => table.UpsertEntityAsync(new Parcel { PartitionKey = key }),
            () => table.GetEntityIfExistsAsync<Parcel>("p", key),
            () => table.DeleteEntityAsync(key, "r"),
            () => table.SubmitTransactionAsync([new(TableTransactionActionType.Add, new Parcel { RowKey = key })]),
        ];

        foreach (var use in uses)
        {
            var error = await Assert.ThrowsAsync<RequestFailedException>(use);
            Assert.Equal((400, "OutOfRangeInput"), (error.Status, error.ErrorCode));
            Assert.Contains(key, error.Message, StringComparison.Ordinal);
        }
        Assert.Empty(await table.QueryAsync<Parcel>().ToListAsync());
    }
}
