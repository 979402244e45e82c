using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace LiveDesk.Tests.Local.DataTables;

public sealed class When_an_entity_is_changed
{
    [Fact]
    public async Task A_merge_keeps_what_it_lacks_and_takes_a_null_for_lacking()
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Kept"] = "old", ["Nulled"] = "old", ["Changed"] = 1 });

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["Nulled"] = null, ["Changed"] = 2L, ["New"] = true });

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.Equal(("old", "old", 2L, true), (read.GetString("Kept"), read.GetString("Nulled"), read.GetInt64("Changed"), read.GetBoolean("New")));
    }

    [Fact]
    public async Task A_replacement_removes_what_it_lacks()
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new TableEntity("p", "r") { ["Gone"] = "old" });

        await table.UpsertEntityAsync(new TableEntity("p", "r") { ["New"] = 1 }, TableUpdateMode.Replace);

        TableEntity read = await table.GetEntityAsync<TableEntity>("p", "r");
        Assert.False(read.ContainsKey("Gone"));
        Assert.Equal(1, read.GetInt32("New"));
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task An_upsert_inserts_what_does_not_exist(TableUpdateMode mode)
    {
        var table = await NewTable.CreateAsync();

        var response = await table.UpsertEntityAsync(new Parcel { Count = 1 }, mode);

        Assert.Equal((await table.GetEntityAsync<Parcel>("p", "r")).Value.ETag, response.Headers.ETag);
    }

    [Theory]
    [InlineData(TableUpdateMode.Merge)]
    [InlineData(TableUpdateMode.Replace)]
    public async Task A_stale_ETag_is_412_and_changes_nothing(TableUpdateMode mode)
    {
        var table = await NewTable.CreateAsync();
        var first = (await table.AddEntityAsync(new Parcel { Count = 1 })).Headers.ETag!.Value;
        var second = (await table.UpdateEntityAsync(new Parcel { Count = 2 }, first, mode)).Headers.ETag!.Value;

        var update = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new Parcel { Count = 3 }, first, mode));
        var delete = await Assert.ThrowsAsync<RequestFailedException>(() => table.DeleteEntityAsync("p", "r", first));

        Assert.Equal((412, "UpdateConditionNotSatisfied"), (update.Status, update.ErrorCode));
        Assert.Equal((412, "UpdateConditionNotSatisfied"), (delete.Status, delete.ErrorCode));
        Assert.True(TableErrorCode.UpdateConditionNotSatisfied == update.ErrorCode!);
        Parcel read = await table.GetEntityAsync<Parcel>("p", "r");
        Assert.Equal((2, second), (read.Count, read.ETag));
    }

    [Fact]
    public async Task Any_ETag_will_do_for_the_wildcard_but_the_entity_must_exist()
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new Parcel());

        await table.UpdateEntityAsync(new Parcel { Count = 9 }, ETag.All);
        var missing = await Assert.ThrowsAsync<RequestFailedException>(() => table.UpdateEntityAsync(new Parcel { RowKey = "other" }, ETag.All));

        Assert.Equal(9, (await table.GetEntityAsync<Parcel>("p", "r")).Value.Count);
        Assert.Equal(404, missing.Status);
    }

    [Fact]
    public async Task An_update_without_a_condition_is_refused_before_it_is_sent()
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new Parcel { Count = 1 });

        await Assert.ThrowsAsync<ArgumentException>(() => table.UpdateEntityAsync(new Parcel { Count = 2 }, default));
        Assert.Equal(1, (await table.GetEntityAsync<Parcel>("p", "r")).Value.Count);
    }

    [Fact]
    public async Task Only_one_of_many_writers_of_the_same_version_wins()
    {
        var table = await NewTable.CreateAsync();
        var version = (await table.AddEntityAsync(new Parcel())).Headers.ETag!.Value;

        int[] statuses = await Task.WhenAll(Enumerable.Range(1, 20).Select(async n =>
        {
            try
            {
                return (await table.UpdateEntityAsync(new Parcel { Count = n }, version)).Status;
            }
            catch (RequestFailedException e)
            {
                return e.Status;
            }
        }));

        Assert.Single(statuses, 204);
        Assert.Equal(19, statuses.Count(status => status == 412));
    }

    [Fact]
    public async Task Only_one_of_many_inserts_of_the_same_key_wins()
    {
        var table = await NewTable.CreateAsync();

        string[] results = await Task.WhenAll(Enumerable.Range(1, 20).Select(async n =>
        {
            try
            {
                return (await table.AddEntityAsync(new Parcel { Count = n })).Status.ToString(System.Globalization.CultureInfo.InvariantCulture);
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
                return e.ErrorCode!;
            }
        }));

        Assert.Single(results, "204");
        Assert.Equal(19, results.Count(result => result == "EntityAlreadyExists"));
    }
}
