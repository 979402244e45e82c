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
public sealed record Dashboard(IReadOnlyList<DashboardAgent> Items, DashboardTotals Totals);

/// <summary>Counts for the dashboard, one conversation after the other: there may be many more than one would want in memory.</summary>
public sealed class DashboardTally(DateTimeOffset now)
{
    private readonly Dictionary<string, (int Open, int Snoozed)> _held = new(StringComparer.Ordinal);
    private DashboardTotals _totals = new(0, 0, 0, 0, 0, null, 0, 0);

    /// <param name="conversation">Open or snoozed.</param>
    public void Add(Conversation conversation)
    {
        bool snoozed = conversation.Status == ConversationStatus.Snoozed;
        if (conversation.Owner is { Kind: OwnerKind.Agent, Id: { } agent })
        {
            (int open, int asleep) = _held.GetValueOrDefault(agent);
            _held[agent] = snoozed ? (open, asleep + 1) : (open + 1, asleep);
        }
        _totals = snoozed ? _totals with { Snoozed = _totals.Snoozed + 1 } : WithOpen(conversation);
    }

    public Dashboard Of(IEnumerable<Agent> agents)
    {
        DashboardAgent[] people =
        [
            .. from agent in agents
               let held = _held.GetValueOrDefault(agent.Id.Value)
               orderby agent.Id.Value
               select new DashboardAgent(agent.Id.Value, agent.Name, agent.PresenceAt(now), held.Open, held.Snoozed, agent.Limit),
        ];
        return new Dashboard(people, _totals with { AgentsOnline = people.Count(a => a.Presence == Presence.Online) });
    }

    private DashboardTotals WithOpen(Conversation open)
    {
        bool unowned = open.Owner.Kind == OwnerKind.None;
        double? wait = unowned && open.CustomerWaitingSince is { } since ? Math.Max(0, (now - since).TotalSeconds) : null;
        return _totals with
        {
            Open = _totals.Open + 1,
            Unassigned = _totals.Unassigned + (unowned ? 1 : 0),
            Ai = _totals.Ai + (open.Owner.Kind == OwnerKind.Ai ? 1 : 0),
            Waiting = _totals.Waiting + (wait is null ? 0 : 1),
            LongestWait = wait is null || _totals.LongestWait > wait ? _totals.LongestWait : wait,
            Unattended = _totals.Unattended + (open.FirstReplyAt is null ? 1 : 0),
        };
    }
}
