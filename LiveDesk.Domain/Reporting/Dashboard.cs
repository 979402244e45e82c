using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;

namespace LiveDesk.Domain.Reporting;

/// <summary>What one person holds now.</summary>
/// <param name="Limit">The person's own; null: the channel's.</param>
public sealed record DashboardAgent(string Key, string Name, Presence Presence, int Open, int Snoozed, int? Limit);

/// <param name="Open">Snoozed ones left out.</param>
/// <param name="Unassigned">Open without an owner.</param>
/// <param name="Ai">Open, held by an AI agent.</param>
/// <param name="Waiting">Open without an owner while the customer waits for an answer.</param>
/// <param name="LongestWait">Of those, in seconds; null if nobody waits.</param>
/// <param name="Unattended">Open, and no person has replied yet.</param>
public sealed record DashboardTotals(int Open, int Snoozed, int Unassigned, int Ai, int Waiting, double? LongestWait, int Unattended, int AgentsOnline);

/// <summary>The desk right now.</summary>
public sealed record Dashboard(IReadOnlyList<DashboardAgent> Items, DashboardTotals Totals)
{
    public static Dashboard Of(IReadOnlyList<Conversation> conversations, IEnumerable<Agent> agents, DateTimeOffset now)
    {
        Conversation[] open = [.. conversations.Where(c => c.Status == ConversationStatus.Open)];
        Conversation[] waiting = [.. open.Where(c => c is { Owner.Kind: OwnerKind.None, CustomerWaitingSince: not null })];
        DashboardAgent[] people =
        [
            .. from agent in agents
               let held = conversations.Where(c => c.Owner.IsAgent(agent.Id.Value)).ToList()
               let snoozed = held.Count(c => c.Status == ConversationStatus.Snoozed)
               orderby agent.Id.Value
               select new DashboardAgent(agent.Id.Value, agent.Name, agent.PresenceAt(now), held.Count - snoozed, snoozed, agent.Limit),
        ];
        return new Dashboard(people, new DashboardTotals(
            open.Length, conversations.Count - open.Length, open.Count(c => c.Owner.Kind == OwnerKind.None), open.Count(c => c.Owner.Kind == OwnerKind.Ai),
            waiting.Length, waiting.Length == 0 ? null : Math.Max(0, waiting.Max(c => (now - c.CustomerWaitingSince!.Value).TotalSeconds)),
            open.Count(c => c.FirstReplyAt is null), people.Count(a => a.Presence == Presence.Online)));
    }
}
