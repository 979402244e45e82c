using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>
/// Takes conversations from an owner who may hold them no longer, and has another owner looked for: a person was deleted or taken out of a channel, or
/// an AI agent was deleted or switched off. Safe to repeat.
/// </summary>
public sealed class ReleaseConversations(
    IInboxIndex inbox, IContactStore contacts, IChannelDirectory channels, IResourceStore<AiAgent> aiAgents, ContactTransactions transactions,
    OutboxDispatcher dispatcher, IWorkQueues queues)
{
    private const int Page = 50;

    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    /// <summary>A channel's members or AI agent have changed: whoever holds conversations there without a right to gives them up.</summary>
    public async Task OfChannelAsync(ChannelReleaseWork work, CancellationToken cancellationToken)
    {
        if (await channels.LoadAsync(work.Workspace, work.Channel, cancellationToken) is not { Channel: { } channel }) return;
        foreach (ConversationStatus status in new[] { ConversationStatus.Open, ConversationStatus.Snoozed })
            await AllAsync(work.Workspace, InboxViews.OfChannel(status, work.Channel), held => Lost(channel, held.Owner), cancellationToken);

        static string? Lost(Channel channel, Owner owner) => owner.Kind switch
        {
            OwnerKind.Agent when AgentId.TryParse(owner.Id, out AgentId agent) && !channel.AgentIds.Contains(agent) => "agent_removed",
            OwnerKind.Ai when !channel.Settings.Ai.Enabled => "ai_disabled",
            _ => null,
        };
    }

    /// <summary>An AI agent was deleted.</summary>
    public async Task OfAiAgentAsync(AiAgentGoneWork work, CancellationToken cancellationToken)
    {
        // Put before the deletion, which then did not come about.
        if (await aiAgents.FindAsync(work.Workspace, work.AiAgentId, cancellationToken) is not null) return;
        foreach (ConversationStatus status in new[] { ConversationStatus.Open, ConversationStatus.Snoozed })
            await AllAsync(
                work.Workspace, InboxViews.OfAi(status),
                held => held.Owner.Kind == OwnerKind.Ai && held.Owner.Id == work.AiAgentId ? "ai_agent_removed" : null, cancellationToken);
    }

    /// <param name="lost">Why its owner may hold a conversation no longer; null: the owner may.</param>
    public async Task AllAsync(WorkspaceId workspace, string view, Func<Conversation, string?> lost, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            PageOf<InboxItem> page = await inbox.ListAsync(workspace, view, Page, cursor, cancellationToken);
            foreach (InboxItem item in page.Items)
                if (lost(item.Conversation) is not null) await OneAsync(workspace, item.Conversation.Id, lost, cancellationToken);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    public async Task OneAsync(WorkspaceId workspace, ConversationId id, Func<Conversation, string?> lost, CancellationToken cancellationToken)
    {
        // What died between the transaction and its telling stands in the lists still.
        await dispatcher.TellLeftOversAsync(workspace, id.Contact, cancellationToken);
        if ((await contacts.FindConversationAsync(workspace, id, cancellationToken))?.Conversation is not { IsOpen: true } open || lost(open) is null) return;
        HiddenWork assignment = await queues.PutHiddenAsync(new AssignmentWork(workspace, id), SafetyDelay, cancellationToken);
        Result<Committed> freed = await transactions.RunAsync(
            workspace, id.Contact,
            (state, now) => state.Open is { } held && held.Id == id && lost(held) is { } reason
                ? UnassignConversation.Decide(state, id, reason, Actor.System, now)
                : Decision.Nothing,
            cancellationToken);
        if (freed.Accepted) await dispatcher.DispatchAsync(freed.Value, cancellationToken);
        await queues.RevealAsync(assignment, cancellationToken);
    }
}
