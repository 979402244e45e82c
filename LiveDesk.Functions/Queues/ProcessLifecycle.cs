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
        OrchestrationMetadata? known = await client.GetInstanceAsync(instance, cancellationToken);
        switch (work.Signal)
        {
            // The queue may deliver twice; an orchestration that is there, or is over, stays as it is.
            case LifecycleSignal.Opened when known is null:
                await client.ScheduleNewOrchestrationInstanceAsync(
                    nameof(ConversationLifecycle), new LifecycleInput(work.Workspace.Value, work.Conversation.Value),
                    new StartOrchestrationOptions { InstanceId = instance }, cancellationToken);
                break;
            case LifecycleSignal.Closed when known is null:
                throw new InvalidOperationException($"{instance} has not been started yet; the close comes again.");
            case LifecycleSignal.Closed when known.IsRunning:
                await client.RaiseEventAsync(instance, ConversationLifecycle.ClosedEvent, cancellationToken);
                break;
        }
    }
}
