using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>Fetches our own copy of one file of a message.</summary>
internal sealed class ProcessMedia(FetchMedia fetch, StorageWorkQueues queues)
{
    [Function(nameof(ProcessMedia))]
    public async Task Run([QueueTrigger(QueueNames.Media)] string body, CancellationToken cancellationToken) =>
        await fetch.RunAsync(await queues.ReadAsync<MediaWork>(body, cancellationToken), cancellationToken);
}
