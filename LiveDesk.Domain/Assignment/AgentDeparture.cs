using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>The API keys that speak for people.</summary>
public interface IAgentKeys
{
    /// <summary>Revokes all keys of a person; no error if there are none.</summary>
    Task RevokeOfAsync(WorkspaceId workspace, AgentId agent, CancellationToken cancellationToken);
}

/// <summary>What a person who was deleted leaves behind. Every step may be repeated.</summary>
public sealed class AgentDeparture(
    IDeskStore desk, IResourceStore<Team> teams, IChannelDirectory channels, IAgentKeys keys, ReleaseConversations release)
{
    /// <summary>The queue's part: everything, and the conversations.</summary>
    public async Task RunAsync(AgentGoneWork work, CancellationToken cancellationToken)
    {
        // Put before the deletion, which then did not come about.
        if (await desk.FindAgentAsync(work.Workspace, work.Agent, cancellationToken) is not null) return;
        await LeaveAsync(work.Workspace, work.Agent, cancellationToken);
        foreach (AgentSlot slot in await desk.ListSlotsAsync(work.Workspace, cancellationToken))
            if (slot.Agent == work.Agent) await release.OneAsync(work.Workspace, slot.Conversation, Lost, cancellationToken);
        foreach (ConversationStatus status in new[] { ConversationStatus.Open, ConversationStatus.Snoozed })
            await release.AllAsync(work.Workspace, InboxViews.OfAgent(status, work.Agent.Value), Lost, cancellationToken);

        string? Lost(Conversation held) => held.Owner.IsAgent(work.Agent.Value) ? "agent_removed" : null;
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

    private static AgentId[] Without(IReadOnlyList<AgentId> members, AgentId agent) => [.. members.Where(m => m != agent)];
}
