using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Api.Resources;

/// <summary>Whether what a request names is there; 422 with the field if it is not.</summary>
internal sealed class Existence(IDeskStore desk, IChannelDirectory channels, IResourceStore<Team> teams, IResourceStore<AiAgent> aiAgents)
{
    public async Task<Refusal?> AgentAsync(WorkspaceId workspace, string? id, string field, CancellationToken cancellationToken) =>
        AgentId.TryParse(id, out AgentId agent) && await desk.FindAgentAsync(workspace, agent, cancellationToken) is not null
            ? null
            : Refusal.Rule("agent_unknown", "No such agent.", field);

    public async Task<Refusal?> AgentsAsync(WorkspaceId workspace, IReadOnlyList<AgentId> ids, string field, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return null;
        HashSet<AgentId> known = [.. (await desk.ListAgentsAsync(workspace, cancellationToken)).Select(a => a.Agent.Id)];
        foreach ((int index, AgentId id) in ids.Index())
            if (!known.Contains(id)) return Refusal.Rule("agent_unknown", $"No agent {id}.", $"{field}[{index}]");
        return null;
    }

    public async Task<Refusal?> TeamAsync(WorkspaceId workspace, string id, string field, CancellationToken cancellationToken) =>
        await teams.FindAsync(workspace, id, cancellationToken) is not null ? null : Refusal.Rule("team_unknown", "No such team.", field);

    public async Task<Refusal?> AiAgentAsync(WorkspaceId workspace, string id, string field, CancellationToken cancellationToken) =>
        await aiAgents.FindAsync(workspace, id, cancellationToken) is not null ? null : Refusal.Rule("ai_agent_unknown", "No such AI agent.", field);

    public async Task<Refusal?> ChannelAsync(WorkspaceId workspace, ChannelId id, string field, CancellationToken cancellationToken) =>
        await channels.FindAsync(workspace, id, cancellationToken) is not null ? null : Refusal.Rule("channel_unknown", "No such channel.", field);
}
