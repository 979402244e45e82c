using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

internal sealed record ChannelRuleView(string Id, string Name, int Position, RuleTarget Target, TimeSpan? WaitTimeout);

internal sealed record ChannelAiView(bool Enabled, string? Id, string? Name);

internal sealed record ChannelPersonView(string Id, string Name, Presence Presence, int Held, int? Limit);

internal sealed record ChannelAssignmentView(
    bool Auto, AssignmentStrategy Strategy, int? Limit, bool KeepOwnerOnReopen, bool WithinBusinessHours, IReadOnlyList<ChannelRuleView> Rules,
    ChannelAiView AiAgent, IReadOnlyList<ChannelPersonView> Agents);

/// <summary>What decides who gets the conversations of a channel: rules, AI agent, people and strategy in force, in the order of precedence.</summary>
internal sealed class GetChannelAssignment(
    ChannelAccess channels, IResourceStore<RoutingRule> rules, IResourceStore<AiAgent> aiAgents, IDeskStore desk, RoutePlanner planner, TimeProvider time)
{
    [Function(nameof(GetChannelAssignment)), Operation(Role.Agent), Answers(200, typeof(ChannelAssignmentView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Channel + "/assignment")] HttpRequestData request, string channelId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Result<ChannelSnapshot> found = await channels.LoadAsync(Caller.Of(context), channelId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        Channel channel = found.Value.Channel;
        AssignmentSettings settings = channel.Settings.Assignment;
        IEnumerable<RoutingRule> inForce = (await rules.ListAsync(channel.Workspace, cancellationToken)).Select(r => r.Value)
            .Where(r => r.Active && (r.ChannelIds.Count == 0 || r.ChannelIds.Contains(channel.Id)))
            .OrderBy(r => r.Position).ThenBy(r => r.Id, StringComparer.Ordinal);
        AiSettings ai = channel.Settings.Ai;
        AiAgent? machine = ai.AiAgentId is { } id ? (await aiAgents.FindAsync(channel.Workspace, id, cancellationToken))?.Value : null;
        DateTimeOffset now = time.GetUtcNow();
        IEnumerable<Agent> people = (await desk.ListAgentsAsync(channel.Workspace, cancellationToken)).Select(p => p.Agent)
            .Where(a => channel.AgentIds.Contains(a.Id));
        return await request.JsonAsync(new ChannelAssignmentView(
            settings.Auto, settings.Strategy, settings.Limit, settings.KeepOwnerOnReopen, planner.IsOpen(channel),
            [.. inForce.Select(r => new ChannelRuleView(r.Id, r.Name, r.Position, r.Target, r.WaitTimeout))],
            new ChannelAiView(ai.Enabled && machine is not null, ai.AiAgentId, machine?.Name),
            [.. people.Select(a => new ChannelPersonView(a.Id.Value, a.Name, a.PresenceAt(now), a.Held, a.Limit ?? settings.Limit))]));
    }
}
