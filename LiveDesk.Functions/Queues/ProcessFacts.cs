using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>Records what reports are made of.</summary>
internal sealed class ProcessFacts(RecordFacts record, StorageWorkQueues queues)
{
    [Function(nameof(ProcessFacts))]
    public async Task Run([QueueTrigger(QueueNames.Facts)] string body, CancellationToken cancellationToken)
    {
        if (await queues.FindAsync<WorkItem>(body, cancellationToken) is not { } item) return;
        await record.RunAsync(item, cancellationToken);
        await queues.DoneAsync(body, cancellationToken);
    }
}
