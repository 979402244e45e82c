using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Orchestrations;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Functions.Queues;

/// <summary>Starts the orchestration of a conversation when it opens, and tells it of the close.</summary>
internal sealed class ProcessLifecycle(StorageWorkQueues queues)
{
    [Function(nameof(ProcessLifecycle))]
    public async Task Run(
        [QueueTrigger(QueueNames.Lifecycle)] string body, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        LifecycleWork work = await queues.ReadAsync<LifecycleWork>(body, cancellationToken);
        string instance = ConversationLifecycle.InstanceOf(work.Conversation);
        if (work.Signal == LifecycleSignal.Closed)
        {
            await client.RaiseEventAsync(instance, ConversationLifecycle.ClosedEvent, cancellationToken);
            return;
        }
        // The queue may deliver twice; an orchestration that is there already goes on undisturbed.
        if (await client.GetInstanceAsync(instance, cancellationToken) is { IsCompleted: false }) return;
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(ConversationLifecycle), new LifecycleInput(work.Workspace.Value, work.Conversation.Value),
            new StartOrchestrationOptions { InstanceId = instance }, cancellationToken);
    }
}
