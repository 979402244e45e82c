using Azure;
using Azure.Data.Tables;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Local.DataTables;

public sealed class When_something_does_not_exist
{
    [Fact]
    public async Task Reading_the_entity_is_404_or_no_value()
    {
        var table = await NewTable.CreateAsync();

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => table.GetEntityAsync<Parcel>("p", "none"));
        var response = await table.GetEntityIfExistsAsync<Parcel>("p", "none");

        Assert.Equal((404, "ResourceNotFound"), (error.Status, error.ErrorCode));
        Assert.False(response.HasValue);
        Assert.Equal(404, response.GetRawResponse().Status);
        Assert.Throws<InvalidOperationException>(() => response.Value);
    }

    [Fact]
    public async Task An_existing_entity_has_a_value()
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new Parcel { Count = 4 });

        var response = await table.GetEntityIfExistsAsync<Parcel>("p", "r");

        Assert.True(response.HasValue);
        Assert.Equal(4, response.Value!.Count);
    }

    [Fact]
    public async Task Deleting_it_is_no_error()
    {
        var table = await NewTable.CreateAsync();
        await table.AddEntityAsync(new Parcel());

        Assert.Equal(204, (await table.DeleteEntityAsync(new Parcel())).Status);
        Assert.Equal(404, (await table.DeleteEntityAsync("p", "r")).Status);
    }

    [Fact]
    public async Task A_missing_table_has_its_own_error()
    {
        var account = await TestStorage.NewAccountAsync();
        var table = new TableClient(account.ConnectionString, "Missing");

        var error = await Assert.ThrowsAsync<RequestFailedException>(() => table.AddEntityAsync(new Parcel()));

        Assert.Equal((404, "TableNotFound"), (error.Status, error.ErrorCode));
    }

    [Fact]
    public async Task Tables_are_created_once_listed_and_deleted()
    {
        var account = await TestStorage.NewAccountAsync();
        var service = new TableServiceClient(account.Table, new TableSharedKeyCredential(account.Name, account.Key));

        Assert.Equal(204, (await service.CreateTableIfNotExistsAsync("Birds")).GetRawResponse().Status);
        Assert.Equal(409, (await service.CreateTableIfNotExistsAsync("Birds")).GetRawResponse().Status);
        Assert.Equal("Cats", (await service.GetTableClient("Cats").CreateIfNotExistsAsync()).Value.Name);
        var twice = await Assert.ThrowsAsync<RequestFailedException>(() => service.CreateTableAsync("Cats"));
        Assert.Equal((409, "TableAlreadyExists"), (twice.Status, twice.ErrorCode));

        Assert.Equal(["Birds", "Cats"], service.Query().Select(table => table.Name).Order());
        Assert.Equal(["Cats"], await service.QueryAsync(table => table.Name == "Cats").Select(table => table.Name).ToListAsync());
        Assert.Equal(204, (await service.DeleteTableAsync("Birds")).Status);
        Assert.Equal(404, (await service.DeleteTableAsync("Birds")).Status);
        Assert.Equal(["Cats"], await service.QueryAsync().Select(table => table.Name).ToListAsync());
    }

    [Fact]
    public async Task A_list_of_tables_continues_over_pages()
    {
        var account = await TestStorage.NewAccountAsync();
        var service = new TableServiceClient(account.ConnectionString);
        string[] names = [.. Enumerable.Range(1, 5).Select(i => $"Table{i}")];
        foreach (string name in names) await service.CreateTableAsync(name);

        var pages = await service.QueryAsync(maxPerPage: 2).AsPages().ToListAsync();

        Assert.Equal([2, 2, 1], pages.Select(page => page.Values.Count));
        Assert.Equal(names, pages.SelectMany(page => page.Values).Select(table => table.Name).Order());
    }
}
