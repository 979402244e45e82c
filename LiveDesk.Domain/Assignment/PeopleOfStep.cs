using LiveDesk.Domain.Channels;

namespace LiveDesk.Domain.Assignment;

/// <summary>Who is chosen for a step among the people of a workspace.</summary>
internal static class PeopleOfStep
{
    /// <param name="team">Of a team's step; null if it is gone.</param>
    /// <param name="notTo">Who has just let the customer wait.</param>
    public static IReadOnlyList<PersonCandidate> Of(
        RouteStep step, Channel channel, Team? team, IReadOnlyList<AgentSnapshot> people, string? notTo, DateTimeOffset now) =>
        [.. people.Select(p => p.Agent).Where(a => a.Id.Value != notTo).Select(a => new PersonCandidate(
            a.Id.Value, a.IsOnline(now), IsMember(a, step, channel, team), a.Held, a.Limit, Turn(a, channel)))];

    public static PersonChoice Choose(IReadOnlyList<PersonCandidate> people, AssignmentSettings settings) => settings.Strategy switch
    {
        AssignmentStrategy.Sequential => PeopleSelection.InTurn(people),
        AssignmentStrategy.CustomWorkload => PeopleSelection.ByCustomWorkload(people, settings.Limit),
        _ => PeopleSelection.ByLoad(people, settings.Limit),
    };

    /// <summary>As it is stored with the assignment.</summary>
    public static string Reason(AssignmentStrategy strategy) => strategy switch
    {
        AssignmentStrategy.Sequential => "sequential",
        AssignmentStrategy.CustomWorkload => "customWorkload",
        _ => "load",
    };

    private static bool IsMember(Agent agent, RouteStep step, Channel channel, Team? team) => channel.AgentIds.Contains(agent.Id) && step.Kind switch
    {
        RouteKind.Agent => agent.Id.Value == step.Id,
        RouteKind.Team => team is { AutoAssign: true } && team.AgentIds.Contains(agent.Id),
        _ => true,
    };

    /// <summary>In turn is per channel; by load, the longest without any conversation.</summary>
    private static DateTimeOffset? Turn(Agent agent, Channel channel) => channel.Settings.Assignment.Strategy == AssignmentStrategy.Sequential
        ? agent.Turns.TryGetValue(channel.Id.Value, out DateTimeOffset turn) ? turn : null
        : agent.LastAssignedAt;
}
