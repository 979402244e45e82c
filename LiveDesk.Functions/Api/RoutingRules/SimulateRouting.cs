using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.RoutingRules;

internal sealed record SimulateRequest
{
    public required ChannelId ChannelId { get; init; }

    /// <summary>A contact, or the id of one.</summary>
    [Either(typeof(string), typeof(SimulatedContact))]
    public JsonElement? Contact { get; init; }

    public string? Text { get; init; }
}

internal sealed record ConditionView(string Path, string Field, string Op, bool Met);

internal sealed record RuleTraceView(string RuleId, string Name, bool Matched, string? Skipped, IReadOnlyList<ConditionView> Conditions);

internal sealed record StepView(RouteKind Kind, string? Id, string? Reason, TimeSpan? WaitTimeout, IReadOnlyList<PersonView> People, string? Chosen);

internal sealed record PersonView(string AgentId, string Name, bool Online, bool Member, int Held, int? Limit);

internal sealed record SimulationView(bool WithinBusinessHours, string? MatchedRuleId, IReadOnlyList<RuleTraceView> Rules, IReadOnlyList<StepView> Steps);

/// <summary>Who would get it, and why; nothing is changed.</summary>
internal sealed class SimulateRouting(ChannelAccess channels, IContactStore contacts, RoutePlanner planner, RoutePreview preview)
{
    [Function(nameof(SimulateRouting)), Operation(Role.Supervisor), Reads(typeof(SimulateRequest)), Answers(200, typeof(SimulationView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Workspace + "/routing-rules/simulate")] HttpRequestData request,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<SimulateRequest> body = await request.ReadJsonAsync<SimulateRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        if (await channels.FindAsync(caller, body.Value.ChannelId, cancellationToken) is not { } channel)
            return await request.ProblemAsync(Refusal.Rule("channel_unknown", "No such channel.", "channelId"));
        Result<MatchFacts> facts = await FactsAsync(channel, body.Value, cancellationToken);
        if (facts.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        Route route = await planner.PlanAsync(channel, facts.Value, aiDone: false, skipRules: false, cancellationToken);
        var steps = new List<StepView>();
        foreach (RouteStep step in route.Steps)
        {
            (IReadOnlyList<(Agent Agent, bool Member)> people, string? chosen) = await preview.OfAsync(channel, step, cancellationToken);
            steps.Add(new StepView(
                step.Kind, step.Id, step.Reason, step.WaitTimeout,
                [.. people.Where(p => p.Member).Select(p => new PersonView(
                    p.Agent.Id.Value, p.Agent.Name, preview.IsOnline(p.Agent), p.Member, p.Agent.Held, p.Agent.Limit ?? channel.Settings.Assignment.Limit))],
                chosen));
        }
        return await request.JsonAsync(new SimulationView(
            facts.Value.WithinBusinessHours, route.Rule?.Id,
            [.. route.Trace.Select(t => new RuleTraceView(
                t.Rule.Id, t.Rule.Name, t.Matched, t.Skipped,
                [.. t.Conditions.Select(c => new ConditionView(c.Path, c.Condition.Field, c.Condition.Op, c.Met))]))],
            steps));
    }

    private async Task<Result<MatchFacts>> FactsAsync(Channel channel, SimulateRequest body, CancellationToken cancellationToken)
    {
        Result<SimulatedContact?> asked = SimulatedContact.Read(body.Contact);
        if (asked.Refusal is { } malformed) return malformed;
        SimulatedContact contact = asked.Value ?? new SimulatedContact();
        Contact? known = contact.Id is { } id ? (await contacts.LoadPrimaryAsync(channel.Workspace, id, cancellationToken)).State.Contact : null;
        if (contact.Id is not null && known is null) return Refusal.Rule("contact_unknown", "No such contact.", "contact.id");
        return contact.Over(planner.Facts(channel, known, body.Text, known?.Conversations > 0));
    }
}
