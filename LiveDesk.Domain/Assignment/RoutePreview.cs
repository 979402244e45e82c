using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>Who would be chosen in a step now, without anybody being chosen.</summary>
public sealed class RoutePreview(IDeskStore desk, IResourceStore<Team> teams, TimeProvider time)
{
    public bool IsOnline(Agent agent) => agent.IsOnline(time.GetUtcNow());

    /// <returns>Everybody, whether the step is about them, and who would get it.</returns>
    public async Task<(IReadOnlyList<(Agent Agent, bool Member)> People, string? Chosen)> OfAsync(
        Channel channel, RouteStep step, CancellationToken cancellationToken)
    {
        if (step.Kind is RouteKind.AiAgent) return ([], step.Id);
        if (step.Kind is RouteKind.Queue) return ([], null);
        IReadOnlyList<AgentSnapshot> everybody = await desk.ListAgentsAsync(channel.Workspace, cancellationToken);
        Team? team = step.Kind == RouteKind.Team ? (await teams.FindAsync(channel.Workspace, step.Id!, cancellationToken))?.Value : null;
        IReadOnlyList<PersonCandidate> candidates = PeopleOfStep.Of(step, channel, team, everybody, null, time.GetUtcNow());
        return (
            [.. everybody.Select(p => (p.Agent, candidates.Single(c => c.AgentId == p.Agent.Id.Value).Member))],
            PeopleOfStep.Choose(candidates, channel.Settings.Assignment).AgentId);
    }
}
