using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Workflows;

/// <summary>Something happened that may set workflows off.</summary>
/// <param name="Key">The same however often it is told: the contact, the outbox entry and the place in it.</param>
/// <param name="By">Whoever did it; what a workflow did counts as caused by it.</param>
public sealed record TriggerEvent(string Event, string? Source, ContactId Contact, ConversationId? Conversation, string Key, Actor By, DateTimeOffset At);

/// <summary>Which workflows an event sets off.</summary>
public static class WorkflowTriggers
{
    /// <summary>A workflow's own deeds may set others off, and those others again, but no further.</summary>
    public const int DeepestCause = 5;

    public static IEnumerable<TriggerEvent> Of(ContactId contact, OutboxEntry entry)
    {
        for (int index = 0; index < entry.Events.Count; index++)
        {
            string key = $"{contact.Key}-{entry.Sequence}-{index}";
            DomainEvent e = entry.Events[index];
            switch (e)
            {
                case ConversationOpened opened:
                    yield return new TriggerEvent(
                        WorkflowEvent.ConversationOpened, Word(opened.Conversation.OpenedBy.Source), contact, opened.Conversation.Id, key, opened.By, e.At);
                    break;
                case ConversationClosed closed:
                    yield return new TriggerEvent(
                        WorkflowEvent.ConversationClosed, Word(closed.ClosedBy.Source), contact, closed.Conversation, key, closed.By, e.At);
                    break;
                case MessageReceived received when entry.Contact?.Blocked != true:
                    yield return new TriggerEvent(
                        WorkflowEvent.MessageReceived, null, contact, received.Message.Id.Conversation, key, received.Message.Author, e.At);
                    break;
                case ContactCreated:
                    yield return new TriggerEvent(
                        WorkflowEvent.ContactCreated, null, contact, entry.Conversation?.Id, key, Actor.System, e.At);
                    break;
                case ConversationTagged tagged:
                    for (int i = 0; i < tagged.Added.Count; i++)
                        yield return new TriggerEvent(
                            WorkflowEvent.TagAdded, tagged.Added[i], contact, tagged.Conversation, $"{key}-{i}", tagged.By, e.At);
                    break;
            }
        }
    }

    public static bool IsSetOff(Workflow workflow, TriggerEvent happened) =>
        workflow.Active && workflow.Trigger.Event == happened.Event
        && (workflow.Trigger.Source is not { } source || source.Equals(happened.Source, StringComparison.OrdinalIgnoreCase))
        && happened.By is not { Kind: ActorKind.Workflow, Depth: >= DeepestCause }
        // Its own deed never sets a workflow off again.
        && !(happened.By.Kind == ActorKind.Workflow && happened.By.Id == workflow.Id);

    private static string Word<T>(T source) where T : struct, Enum => source.ToString().ToLowerInvariant();
}

/// <summary>Puts a work item for each workflow that what has happened sets off. Telling it twice is telling it once: runs have deterministic names.</summary>
public sealed class FireWorkflows(IResourceStore<Workflow> workflows)
{
    public async Task<IReadOnlyList<WorkItem>> OfAsync(WorkspaceId workspace, ContactId contact, IEnumerable<OutboxEntry> entries, CancellationToken cancellationToken)
    {
        TriggerEvent[] happened = [.. entries.SelectMany(e => WorkflowTriggers.Of(contact, e))];
        if (happened.Length == 0) return [];
        IReadOnlyList<Workflow> known = await workflows.ListRecentAsync(workspace, cancellationToken);
        return
        [
            .. from trigger in happened
               from workflow in known
               where WorkflowTriggers.IsSetOff(workflow, trigger)
               select new WorkflowWork(
                   workspace, workflow.Id, trigger.Event, workflow.Trigger.OncePerContact ? $"{contact.Key}-once" : trigger.Key, contact,
                   trigger.Conversation, (trigger.By.Depth ?? 0) + 1, trigger.At),
        ];
    }
}
