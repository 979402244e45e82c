using LiveDesk.Domain.Channels;

namespace LiveDesk.Domain.Assignment;

/// <summary>The names of the lines in which conversations wait.</summary>
public static class WaitingLines
{
    private const string TeamPrefix = "team:";
    private const string AgentPrefix = "agent:";
    private const string NamedPrefix = "queue:";

    public static string Of(RouteStep step, ChannelId channel) => step.Kind switch
    {
        RouteKind.Team => TeamPrefix + step.Id,
        RouteKind.Agent => AgentPrefix + step.Id,
        RouteKind.Queue => NamedPrefix + step.Id,
        _ => channel.Value,
    };

    /// <summary>What is tried for those who wait in a line; null where only people take them by hand.</summary>
    public static RouteStep? StepOf(WaitingConversation waiting) => waiting.Queue switch
    {
        var q when q.StartsWith(TeamPrefix, StringComparison.Ordinal) => new RouteStep(RouteKind.Team, q[TeamPrefix.Length..], waiting.Reason),
        var q when q.StartsWith(AgentPrefix, StringComparison.Ordinal) => new RouteStep(RouteKind.Agent, q[AgentPrefix.Length..], waiting.Reason),
        var q when q.StartsWith(NamedPrefix, StringComparison.Ordinal) => null,
        _ => new RouteStep(RouteKind.People),
    };

    /// <summary>Whether everybody in the line waits for the same people.</summary>
    public static bool IsOfOneChannel(string queue) => ChannelId.TryParse(queue, out _);
}
