using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Orchestrations;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Functions.Queues;

/// <summary>Starts the run of a workflow; one that has been started under the same name stays as it is.</summary>
internal sealed class ProcessWorkflows(StorageWorkQueues queues)
{
    [Function(nameof(ProcessWorkflows))]
    public async Task Run(
        [QueueTrigger(QueueNames.Workflows)] string body, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        WorkflowWork work = await queues.ReadAsync<WorkflowWork>(body, cancellationToken);
        string instance = WorkflowRunner.InstanceOf(work.WorkflowId, work.Key);
        if (await client.GetInstanceAsync(instance, cancellationToken) is not null) return;
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(WorkflowRunner), WorkflowRun.Of(work), new StartOrchestrationOptions { InstanceId = instance }, cancellationToken);
    }
}
