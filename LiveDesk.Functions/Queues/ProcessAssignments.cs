using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>Finds owners, and hands out what waits when somebody may have become free.</summary>
internal sealed class ProcessAssignments(Assigner assigner, StorageWorkQueues queues)
{
    [Function(nameof(ProcessAssignments))]
    public async Task Run([QueueTrigger(QueueNames.Assignments)] string body, CancellationToken cancellationToken)
    {
        Task done = await queues.ReadAsync<WorkItem>(body, cancellationToken) switch
        {
            AssignmentWork work => assigner.AssignAsync(work.Workspace, work.Conversation, cancellationToken),
            SlotWork work => assigner.SyncSlotAsync(work.Workspace, work.Conversation, cancellationToken),
            DrainWork work => assigner.DrainAsync(work.Workspace, cancellationToken),
            { } other => throw new InvalidOperationException($"{other.GetType().Name} does not belong on the queue {QueueNames.Assignments}."),
        };
        await done;
    }
}
