using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Channels;

namespace LiveDesk.Domain.Assignment;

public enum RouteKind
{
    Agent,
    Team,
    AiAgent,

    /// <summary>Waits in a named line until somebody takes it.</summary>
    Queue,

    /// <summary>The people of the channel.</summary>
    People,
}

/// <summary>One thing to try in the search for an owner.</summary>
/// <param name="Id">Of the agent, team or AI agent; the name of the queue; null for people.</param>
/// <param name="Reason">Stored with the assignment: <c>rule:{id}</c>, <c>ai</c>; null: what chose the person.</param>
/// <param name="WaitTimeout">How long to wait here if nobody is free, before the next step; null: for ever.</param>
public sealed record RouteStep(RouteKind Kind, string? Id = null, string? Reason = null, TimeSpan? WaitTimeout = null);

/// <summary>What came of one rule, for the trace of a simulation.</summary>
/// <param name="Skipped">Why it was not held against the conversation; null if it was.</param>
public sealed record RuleTrace(RoutingRule Rule, bool Matched, string? Skipped, IReadOnlyList<ConditionResult> Conditions);

/// <param name="Steps">In the order in which they are tried. Empty: it stays with nobody until somebody takes it.</param>
public sealed record Route(IReadOnlyList<RouteStep> Steps, RoutingRule? Rule, IReadOnlyList<RuleTrace> Trace);

/// <summary>What the search for an owner looks at.</summary>
/// <param name="AiAgents">The ids of those that exist.</param>
/// <param name="AiDone">An AI agent has handed the conversation over; it goes to no AI agent again.</param>
/// <param name="SkipRules">The matched rule's waiting time is over.</param>
public sealed record RoutingQuestion(Channel Channel, MatchFacts Facts, IReadOnlyCollection<string> AiAgents, bool AiDone = false, bool SkipRules = false);

/// <summary>Routing rules, then the AI agent, then people. The first rule that matches decides; the rest are not looked at.</summary>
public static class Routing
{
    public static Route Plan(IEnumerable<RoutingRule> rules, RoutingQuestion question)
    {
        var steps = new List<RouteStep>();
        List<RuleTrace> trace = question.SkipRules ? [] : Explain(rules, question);
        RoutingRule? matched = trace.Find(t => t.Matched)?.Rule;
        if (matched is not null && StepOf(matched, question) is { } ruled) steps.Add(ruled);
        if (MayAnswer(question) && question.Channel.Settings.Ai is { Enabled: true, AiAgentId: { } ai } && question.AiAgents.Contains(ai))
            steps.Add(new RouteStep(RouteKind.AiAgent, ai, "ai"));
        if (question.Channel.Settings.Assignment.Auto) steps.Add(new RouteStep(RouteKind.People));
        return new Route(steps, matched, trace);
    }

    private static List<RuleTrace> Explain(IEnumerable<RoutingRule> rules, RoutingQuestion question)
    {
        var trace = new List<RuleTrace>();
        bool decided = false;
        foreach (RoutingRule rule in rules.OrderBy(r => r.Position).ThenBy(r => r.Id, StringComparer.Ordinal))
        {
            string? skipped = decided ? "an earlier rule matched"
                : !rule.Active ? "not active"
                : rule.ChannelIds.Count > 0 && !rule.ChannelIds.Contains(question.Channel.Id) ? "for other channels"
                : null;
            MatchResult? result = skipped is null ? Matcher.Explain(rule.Match, question.Facts) : null;
            decided |= result?.Matched == true;
            trace.Add(new RuleTrace(rule, result?.Matched == true, skipped, result?.Conditions ?? []));
        }
        return trace;
    }

    private static RouteStep? StepOf(RoutingRule rule, RoutingQuestion question)
    {
        RouteKind kind = rule.Target.Kind switch
        {
            RuleTargetKind.Agent => RouteKind.Agent,
            RuleTargetKind.Team => RouteKind.Team,
            RuleTargetKind.AiAgent => RouteKind.AiAgent,
            _ => RouteKind.Queue,
        };
        bool possible = kind != RouteKind.AiAgent || (MayAnswer(question) && question.AiAgents.Contains(rule.Target.Id));
        return possible ? new RouteStep(kind, rule.Target.Id, $"rule:{rule.Id}", rule.WaitTimeout) : null;
    }

    private static bool MayAnswer(RoutingQuestion question) =>
        !question.AiDone && (question.Facts.WithinBusinessHours || question.Channel.Settings.BusinessHours.AiOutsideHours);
}
