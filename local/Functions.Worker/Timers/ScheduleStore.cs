using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Local;

/// <summary>What is remembered of a monitored schedule. Another schedule text makes it void.</summary>
internal sealed record KeptSchedule(string Schedule, DateTime Last, DateTime Next, DateTime LastUpdated)
{
    public ScheduleStatus Status => new() { Last = Last, Next = Next, LastUpdated = LastUpdated };
}

/// <summary>Keeps schedules in the host's own storage, in the container that the official host uses.</summary>
internal sealed class ScheduleStore(StorageConnections storage)
{
    private readonly Lazy<BlobContainerClient> _container = new(() =>
        new BlobContainerClient(storage.ConnectionString(), "azure-webjobs-hosts", storage.WithPolicies(new BlobClientOptions())));

    public async Task<KeptSchedule?> LoadAsync(FunctionEntry function, CancellationToken cancellationToken)
    {
        try
        {
            var content = await Blob(function).DownloadContentAsync(cancellationToken);
            return content.Value.Content.ToObjectFromJson<KeptSchedule>();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task SaveAsync(FunctionEntry function, KeptSchedule schedule, CancellationToken cancellationToken)
    {
        BinaryData content = BinaryData.FromObjectAsJson(schedule);
        try
        {
            await Blob(function).UploadAsync(content, overwrite: true, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            await _container.Value.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await Blob(function).UploadAsync(content, overwrite: true, cancellationToken);
        }
    }

    private BlobClient Blob(FunctionEntry function) =>
        _container.Value.GetBlobClient($"timers/local/{function.Definition.EntryPoint}/status");
}
