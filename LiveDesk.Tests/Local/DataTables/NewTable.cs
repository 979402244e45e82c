using Azure.Data.Tables;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Local.DataTables;

/// <summary>A fresh table in an account of its own.</summary>
internal static class NewTable
{
    internal static async Task<TableClient> CreateAsync(TableClientOptions? options = null)
    {
        var account = await TestStorage.NewAccountAsync();
        var table = new TableClient(account.ConnectionString, "Things", options);
        await table.CreateIfNotExistsAsync();
        return table;
    }
}
