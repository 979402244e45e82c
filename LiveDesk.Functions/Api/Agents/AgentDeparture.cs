using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.Api.Agents;

/// <summary>What a person who was deleted leaves behind. Every step may be repeated.</summary>
internal sealed class AgentDeparture(
    IDeskStore desk, IResourceStore<Team> teams, IChannelDirectory channels, ApiKeyStore keys, IInboxIndex inbox, IContactStore contacts,
    ContactTransactions transactions, OutboxDispatcher dispatcher, IWorkQueues queues)
{
    private const int Page = 50;

    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    /// <summary>The queue's part: everything, and the conversations.</summary>
    public async Task RunAsync(AgentGoneWork work, CancellationToken cancellationToken)
    {
        // Put before the deletion, which then did not come about.
        if (await desk.FindAgentAsync(work.Workspace, work.Agent, cancellationToken) is not null) return;
        await LeaveAsync(work.Workspace, work.Agent, cancellationToken);
        foreach (AgentSlot slot in await desk.ListSlotsAsync(work.Workspace, cancellationToken))
            if (slot.Agent == work.Agent) await FreeAsync(work.Workspace, slot.Conversation, work.Agent, cancellationToken);
        foreach (ConversationStatus status in new[] { ConversationStatus.Open, ConversationStatus.Snoozed })
            await FreeAllAsync(work, InboxViews.OfAgent(status, work.Agent.Value), cancellationToken);
    }

    /// <summary>Takes the person out of channels and teams, and revokes the keys.</summary>
    public async Task LeaveAsync(WorkspaceId workspace, AgentId agent, CancellationToken cancellationToken)
    {
        await keys.RevokeOfAsync(workspace, agent, cancellationToken);
        foreach (ChannelSnapshot channel in await channels.ListAsync(workspace, cancellationToken))
        {
            ChannelSnapshot? read = channel;
            while (read is not null && read.Channel.AgentIds.Contains(agent)
                && await channels.ReplaceAsync(read, read.Channel with { AgentIds = Without(read.Channel.AgentIds, agent) }, cancellationToken) is null)
                read = await channels.LoadAsync(workspace, channel.Channel.Id, cancellationToken);
        }
        foreach (Stored<Team> team in await teams.ListAsync(workspace, cancellationToken))
        {
            Stored<Team>? read = team;
            while (read is not null && read.Value.AgentIds.Contains(agent)
                && (await teams.ReplaceAsync(read, read.Value with { AgentIds = Without(read.Value.AgentIds, agent) }, cancellationToken)).Saved is null)
                read = await teams.FindAsync(workspace, team.Value.Id, cancellationToken);
        }
    }

    private async Task FreeAllAsync(AgentGoneWork work, string view, CancellationToken cancellationToken)
    {
        string? cursor = null;
        do
        {
            PageOf<InboxItem> page = await inbox.ListAsync(work.Workspace, view, Page, cursor, cancellationToken);
            foreach (InboxItem item in page.Items) await FreeAsync(work.Workspace, item.Conversation.Id, work.Agent, cancellationToken);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    private async Task FreeAsync(WorkspaceId workspace, ConversationId id, AgentId agent, CancellationToken cancellationToken)
    {
        // What died between the transaction and its telling stands in the lists still.
        await dispatcher.TellLeftOversAsync(workspace, id.Contact, cancellationToken);
        if ((await contacts.FindConversationAsync(workspace, id, cancellationToken))?.Conversation is not { IsOpen: true } open || !open.Owner.IsAgent(agent.Value)) return;
        HiddenWork assignment = await queues.PutHiddenAsync(new AssignmentWork(workspace, id), SafetyDelay, cancellationToken);
        Result<Committed> freed = await transactions.RunAsync(
            workspace, id.Contact,
            (state, now) => state.Open?.Id == id && state.Open.Owner.IsAgent(agent.Value)
                ? UnassignConversation.Decide(state, id, "agent_removed", Actor.System, now)
                : Decision.Nothing,
            cancellationToken);
        if (freed.Accepted) await dispatcher.DispatchAsync(freed.Value, cancellationToken);
        await queues.RevealAsync(assignment, cancellationToken);
    }

    private static AgentId[] Without(IReadOnlyList<AgentId> members, AgentId agent) => [.. members.Where(m => m != agent)];
}
