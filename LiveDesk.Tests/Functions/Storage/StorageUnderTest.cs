using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Storage;

/// <summary>The desk's tables and queues in an account of one test. Each call of <see cref="NewTables"/> stands for another instance of the app.</summary>
internal sealed class StorageUnderTest
{
    private StorageUnderTest(StorageAccount account) => Account = account;

    public StorageAccount Account { get; }

    public StorageTransactions Transactions { get; } = new();

    public Tables Tables { get; private set; } = null!;

    public static async Task<StorageUnderTest> CreateAsync()
    {
        var storage = new StorageUnderTest(await TestStorage.NewAccountAsync());
        storage.Tables = storage.NewTables();
        await storage.Tables.CreateAsync(CancellationToken.None);
        return storage;
    }

    public Tables NewTables()
    {
        var options = new TableClientOptions();
        options.AddPolicy(Transactions, HttpPipelinePosition.PerRetry);
        return new Tables(new TableServiceClient(Account.ConnectionString, options));
    }

    public StorageWorkQueues NewQueues() => new(
        new QueueServiceClient(Account.ConnectionString, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }),
        new BlobServiceClient(Account.ConnectionString));

    public async Task<long> CountAsync(Func<Task> work)
    {
        long before = Transactions.Count;
        await work();
        return Transactions.Count - before;
    }

    public static async Task<IReadOnlyList<TableEntity>> RowsAsync(TableClient table, string? partition = null)
    {
        var rows = new List<TableEntity>();
        string? filter = partition is null ? null : TableClient.CreateQueryFilter($"PartitionKey eq {partition}");
        await foreach (TableEntity row in table.QueryAsync<TableEntity>(filter)) rows.Add(row);
        return rows;
    }
}
