using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace LiveDesk.Tests.Support;

/// <summary>A storage account of one test: nobody else uses its tables, queues and blobs.</summary>
public sealed record StorageAccount(string Name, string Key, Uri Blob, Uri Queue, Uri Table, string ConnectionString)
{
    /// <summary>
    /// For a test that is done. With every look into a queue Azurite sorts the messages of all accounts anew, so that the timers and the poison that
    /// hundreds of tests leave behind would be most of its work.
    /// </summary>
    public async Task DeleteQueuesAsync()
    {
        var service = new QueueServiceClient(ConnectionString);
        await foreach (QueueItem queue in service.GetQueuesAsync()) await service.GetQueueClient(queue.Name).DeleteIfExistsAsync();
    }
}
