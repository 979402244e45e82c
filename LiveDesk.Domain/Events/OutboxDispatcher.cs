using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>
/// Tells the rest of the system what has happened to a contact: lists, feed and queues. Every effect may be repeated, so a crash
/// anywhere in here costs nothing but doing it again.
/// </summary>
public sealed class OutboxDispatcher(
    IContactStore store, IInboxIndex inbox, IContactIndex contacts, IEventFeed feed, IWorkQueues queues, FireWorkflows workflows)
{
    /// <summary>After a transaction: tells its events and takes them out of the outbox.</summary>
    public async Task DispatchAsync(Committed committed, CancellationToken cancellationToken)
    {
        if (committed.Outbox is not { } entry) return;
        await TellAsync(committed.Workspace, committed.Contact, [entry], cancellationToken);
        await store.CommitAsync(committed.Workspace, committed.Contact, new PendingWrite { RemoveEntries = [entry.Sequence] }, cancellationToken);
    }

    /// <summary>Tells what somebody wrote and died before telling.</summary>
    public async Task TellLeftOversAsync(WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken) =>
        await TellLeftOversAsync(workspace, contact, await store.LoadPendingAsync(workspace, contact, cancellationToken), cancellationToken);

    /// <param name="work">As the caller has just read it.</param>
    public async Task TellLeftOversAsync(WorkspaceId workspace, ContactId contact, PendingWork work, CancellationToken cancellationToken)
    {
        if (work.Entries.Count == 0) return;
        await TellAsync(workspace, contact, work.Entries, cancellationToken);
        await store.CommitAsync(
            workspace, contact, new PendingWrite { RemoveEntries = [.. work.Entries.Select(e => e.Sequence)] }, cancellationToken);
    }

    /// <summary>Tells entries in their order; the caller takes them out of the outbox.</summary>
    public async Task TellAsync(WorkspaceId workspace, ContactId contact, IReadOnlyList<OutboxEntry> entries, CancellationToken cancellationToken)
    {
        // One move of a conversation in the lists stands for all entries about it: from where it stood first to where it stands last.
        foreach (IGrouping<ConversationId, OutboxEntry> moves in entries.Where(e => e.Conversation is not null).GroupBy(e => e.Conversation!.Id))
        {
            OutboxEntry last = moves.Last();
            await inbox.MoveAsync(workspace, moves.First().Place, InboxViews.Entry(last.Contact!, last.Conversation!), cancellationToken);
        }
        // Its open conversation is a field of a contact.
        OutboxEntry? changed = entries.LastOrDefault(e => e.Events.Any(
            x => x is ContactCreated or ContactUpdated or ConversationOpened or ConversationClosed or ConversationReopened));
        if (changed?.Contact is { } known)
            await contacts.PutAsync(known, isNew: entries.Any(e => e.Events.Any(x => x is ContactCreated)), cancellationToken);

        FeedEvent[] lines = [.. entries.SelectMany(e => FeedEvents.Of(contact, e))];
        if (lines.Length > 0) await feed.AppendAsync(workspace, lines, cancellationToken);

        foreach (WorkItem item in entries.SelectMany(e => FollowUps(workspace, e)))
            await queues.PutAsync(item, cancellationToken, item.Delay);
        foreach (WorkItem run in await workflows.OfAsync(workspace, contact, entries, cancellationToken))
            await queues.PutAsync(run, cancellationToken);
    }

    /// <summary>What other parts of the system have to do now.</summary>
    private static IEnumerable<WorkItem> FollowUps(WorkspaceId workspace, OutboxEntry entry)
    {
        foreach (DomainEvent e in entry.Events)
        {
            switch (e)
            {
                case ConversationOpened opened:
                    yield return new LifecycleWork(workspace, opened.Conversation.Id, LifecycleSignal.Opened);
                    break;
                case ConversationClosed closed:
                    yield return new LifecycleWork(workspace, closed.Conversation, LifecycleSignal.Closed, entry.Conversation!.Cycle);
                    yield return new SlotWork(workspace, closed.Conversation);
                    if (CycleWork.Of(workspace, entry, closed) is { } fact) yield return fact;
                    break;
                case ConversationAssigned { Owner.Kind: OwnerKind.Ai } assigned:
                    yield return new SlotWork(workspace, assigned.Conversation);
                    if (AiTurn(workspace, entry) is { } first) yield return first;
                    break;
                case ConversationReopened reopened:
                    yield return new LifecycleWork(workspace, reopened.Conversation, LifecycleSignal.Opened, entry.Conversation!.Cycle);
                    break;
                case ConversationSnoozed snoozed:
                    yield return new LifecycleWork(workspace, snoozed.Conversation, LifecycleSignal.Changed, entry.Conversation!.Cycle);
                    yield return new SlotWork(workspace, snoozed.Conversation);
                    break;
                case ConversationWoken woken:
                    yield return entry.Conversation!.Owner.Kind == OwnerKind.None
                        ? new AssignmentWork(workspace, woken.Conversation)
                        : new SlotWork(workspace, woken.Conversation);
                    break;
                case ConversationPrioritized prioritized:
                    yield return new SlotWork(workspace, prioritized.Conversation);
                    break;
                case ConversationAssigned { Owner.Kind: OwnerKind.None, TeamId: { } team } toTeam:
                    yield return new SlotWork(workspace, toTeam.Conversation);
                    yield return new AssignmentWork(workspace, toTeam.Conversation, TeamId: team);
                    break;
                case ConversationActivityChanged changed:
                    yield return new SlotWork(workspace, changed.Conversation);
                    break;
                case ConversationAssigned { SlotClaimed: false } assigned:
                    yield return new SlotWork(workspace, assigned.Conversation);
                    break;
                case ConversationHandedOver handedOver:
                    yield return new AssignmentWork(workspace, handedOver.Conversation);
                    break;
                case ConversationUnassigned unassigned:
                    yield return new SlotWork(workspace, unassigned.Conversation);
                    break;
                case SurveyChanged changed:
                    if (SurveyWork.Of(workspace, changed.Survey) is { } survey) yield return survey;
                    break;
                case MessageReceived received:
                    foreach (WorkItem item in Downloads(workspace, received.Message)) yield return item;
                    if (entry.Conversation is { OwnerAway: true, IsOpen: true, Owner: { Kind: OwnerKind.Agent, Id: { } absent } } left
                        && AgentId.TryParse(absent, out AgentId away))
                        yield return new OwnerAwayWork(workspace, left.Channel, away, null, left.Id);
                    if (IsQuestion(received.Message, entry) && AiTurn(workspace, entry) is { } next) yield return next;
                    break;
                case MessagePosted posted:
                    foreach (WorkItem item in Downloads(workspace, posted.Message)) yield return item;
                    break;
            }
        }
    }

    /// <summary>A reaction and the answer to a survey ask for no answer.</summary>
    private static bool IsQuestion(Message message, OutboxEntry entry) =>
        message.Content.Kind != MessageKind.Reaction && !entry.Events.Any(e => e is SurveyChanged);

    /// <summary>Only where a customer waits for an AI agent's answer.</summary>
    private static AiTurnWork? AiTurn(WorkspaceId workspace, OutboxEntry entry) =>
        entry.Conversation is { Owner.Kind: OwnerKind.Ai, IsOpen: true, CustomerWaitingSince: not null } held
            ? new AiTurnWork(workspace, held.Id, held.OwnerVersion, held.LastQuestion)
            : null;

    /// <summary>Files of a customer, or of a colleague who wrote from the provider's own app.</summary>
    private static IEnumerable<WorkItem> Downloads(WorkspaceId workspace, Message message) =>
        from attachment in message.Content.Attachments
        where attachment.State == AttachmentState.Pending && message.Channel is not null
        select new MediaWork(workspace, message.Channel!.Value, message.Id, attachment.Id);
}
