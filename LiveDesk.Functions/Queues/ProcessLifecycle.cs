using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Orchestrations;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Functions.Queues;

/// <summary>Starts the orchestration of a conversation's cycle, and has it look again where something has changed that it depends on.</summary>
internal sealed class ProcessLifecycle(StorageWorkQueues queues)
{
    [Function(nameof(ProcessLifecycle))]
    public async Task Run(
        [QueueTrigger(QueueNames.Lifecycle)] string body, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        LifecycleWork work = await queues.ReadAsync<LifecycleWork>(body, cancellationToken);
        string instance = ConversationLifecycle.InstanceOf(work.Conversation, work.Cycle);
        OrchestrationMetadata? known = await client.GetInstanceAsync(instance, cancellationToken);
        if (known is null)
        {
            // Also for a close that overtook the opening: the orchestration looks, and finds what there is to do.
            await client.ScheduleNewOrchestrationInstanceAsync(
                nameof(ConversationLifecycle), new LifecycleInput(work.Workspace.Value, work.Conversation.Value, work.Cycle),
                new StartOrchestrationOptions { InstanceId = instance }, cancellationToken);
        }
        else if (work.Signal != LifecycleSignal.Opened && known.IsRunning)
        {
            await client.RaiseEventAsync(instance, ConversationLifecycle.ChangedEvent, cancellation: cancellationToken);
        }
    }
}
