using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>Finds owners, and hands out what waits when somebody may have become free.</summary>
internal sealed class ProcessAssignments(
    Assigner assigner, OutboxDispatcher dispatcher, AgentDeparture departure, ReleaseConversations release, ManagePresence presence, OwnerAway away,
    StorageWorkQueues queues)
{
    [Function(nameof(ProcessAssignments))]
    public async Task Run([QueueTrigger(QueueNames.Assignments)] string body, FunctionContext context, CancellationToken cancellationToken)
    {
        switch (await queues.ReadAsync<WorkItem>(body, cancellationToken))
        {
            case AssignmentWork work:
                // An earlier try may have written the owner and died before telling.
                if (Deliveries.IsRepeated(context)) await dispatcher.TellLeftOversAsync(work.Workspace, work.Conversation.Contact, cancellationToken);
                await assigner.AssignAsync(work, cancellationToken);
                break;
            case SlotWork work:
                if (await assigner.SyncSlotAsync(work.Workspace, work.Conversation, Deliveries.IsRepeated(context), cancellationToken) is { } held)
                    await away.GivenAsync(work.Workspace, held, cancellationToken);
                break;
            case PresenceWork work:
                await presence.LookAsync(work, cancellationToken);
                break;
            case OwnerAwayWork work:
                await away.RunAsync(work, cancellationToken);
                break;
            case DrainWork work:
                await assigner.DrainAsync(work.Workspace, cancellationToken);
                break;
            case AgentGoneWork work:
                await departure.RunAsync(work, cancellationToken);
                break;
            case AiAgentGoneWork work:
                await release.OfAiAgentAsync(work, cancellationToken);
                break;
            case ChannelReleaseWork work:
                await release.OfChannelAsync(work, cancellationToken);
                break;
            case { } other:
                throw new InvalidOperationException($"{other.GetType().Name} does not belong on the queue {QueueNames.Assignments}.");
        }
    }
}
