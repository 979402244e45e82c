using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Api.Resources;

/// <summary>What is named by a rule, a workflow or a channel's settings is not deleted under it: 409 <c>in_use</c> says who names it.</summary>
internal sealed class Uses(IResourceStore<RoutingRule> rules, IResourceStore<Workflow> workflows, IChannelDirectory channels)
{
    public Task<Refusal?> OfAgentAsync(WorkspaceId workspace, AgentId id, CancellationToken cancellationToken) =>
        FindAsync(workspace, new RuleTarget(RuleTargetKind.Agent, id.Value), step => step.AgentId == id.Value, cancellationToken);

    public Task<Refusal?> OfTeamAsync(WorkspaceId workspace, string id, CancellationToken cancellationToken) =>
        FindAsync(workspace, new RuleTarget(RuleTargetKind.Team, id), step => step.TeamId == id, cancellationToken);

    public async Task<Refusal?> OfAiAgentAsync(WorkspaceId workspace, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(workspace, new RuleTarget(RuleTargetKind.AiAgent, id), step => step.AiAgentId == id, cancellationToken) is { } used) return used;
        return (await channels.ListAsync(workspace, cancellationToken)).FirstOrDefault(c => c.Channel.Settings.Ai.AiAgentId == id) is { } found
            ? InUse($"the channel '{found.Channel.Name}' ({found.Channel.Id})")
            : null;
    }

    /// <summary>A rule that lost its last channel would apply to all.</summary>
    public async Task<Refusal?> OfChannelAsync(WorkspaceId workspace, ChannelId id, CancellationToken cancellationToken)
    {
        RoutingRule? rule = (await rules.ListAsync(workspace, cancellationToken)).Select(s => s.Value).FirstOrDefault(r => r.ChannelIds.Contains(id));
        if (rule is not null) return InUse(Said(rule));
        Workflow? workflow = (await workflows.ListAsync(workspace, cancellationToken)).Select(s => s.Value)
            .FirstOrDefault(w => w.Steps.Any(step => step.ChannelId == id));
        return workflow is null ? null : InUse(Said(workflow));
    }

    private async Task<Refusal?> FindAsync(WorkspaceId workspace, RuleTarget target, Func<WorkflowStep, bool> named, CancellationToken cancellationToken)
    {
        RoutingRule? rule = (await rules.ListAsync(workspace, cancellationToken)).Select(s => s.Value).FirstOrDefault(r => r.Target == target);
        if (rule is not null) return InUse(Said(rule));
        Workflow? workflow = (await workflows.ListAsync(workspace, cancellationToken)).Select(s => s.Value).FirstOrDefault(w => w.Steps.Any(named));
        return workflow is null ? null : InUse(Said(workflow));
    }

    private static string Said(RoutingRule rule) => $"the routing rule '{rule.Name}' ({rule.Id})";

    private static string Said(Workflow workflow) => $"the workflow '{workflow.Name}' ({workflow.Id})";

    private static Refusal InUse(string by) => Refusal.Conflict("in_use", $"Still named by {by}. Change that first.");
}
