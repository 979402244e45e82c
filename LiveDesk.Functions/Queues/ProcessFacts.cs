using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>Records what reports are made of.</summary>
internal sealed class ProcessFacts(RecordFacts record, StorageWorkQueues queues)
{
    [Function(nameof(ProcessFacts))]
    public async Task Run([QueueTrigger(QueueNames.Facts)] string body, CancellationToken cancellationToken) =>
        await record.RunAsync(await queues.ReadAsync<WorkItem>(body, cancellationToken), cancellationToken);
}
