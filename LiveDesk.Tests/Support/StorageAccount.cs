namespace LiveDesk.Tests.Support;

/// <summary>A storage account of one test: nobody else uses its tables, queues and blobs.</summary>
public sealed record StorageAccount(string Name, string Key, Uri Blob, Uri Queue, Uri Table, string ConnectionString);
