using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>Finishes merges whose requests died on the way.</summary>
internal sealed class ProcessMerges(MergeContacts merge, StorageWorkQueues queues)
{
    [Function(nameof(ProcessMerges))]
    public async Task Run([QueueTrigger(QueueNames.Merges)] string body, CancellationToken cancellationToken) =>
        await merge.ResumeAsync(await queues.ReadAsync<MergeWork>(body, cancellationToken), cancellationToken);
}
