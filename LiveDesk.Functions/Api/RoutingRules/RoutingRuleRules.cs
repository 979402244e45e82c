using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Resources;

namespace LiveDesk.Functions.Api.RoutingRules;

internal sealed record RoutingRuleRequest
{
    public string Name { get; init; } = "Rule";
    public bool Active { get; init; } = true;

    /// <summary>Lower first; absent: behind the last one.</summary>
    public int? Position { get; init; }

    /// <summary>Empty: every channel.</summary>
    public IReadOnlyList<ChannelId> ChannelIds { get; init; } = [];

    public MatchConditions Match { get; init; } = new();
    public required RuleTarget Target { get; init; }
    public TimeSpan? WaitTimeout { get; init; }
    public IReadOnlyList<string> AddTags { get; init; } = [];
}

internal sealed record RoutingRuleView(
    string Id, string Name, bool Active, int Position, IReadOnlyList<ChannelId> ChannelIds, MatchConditions Match, RuleTarget Target, TimeSpan? WaitTimeout,
    IReadOnlyList<string> AddTags, DateTimeOffset CreatedAt);

internal sealed class RoutingRuleRules(Existence existence, IResourceStore<RoutingRule> rules) : ResourceRules<RoutingRule, RoutingRuleRequest, RoutingRuleView>
{
    private const int MaximumChannels = 200;
    private const int MaximumQueueName = 64;
    private const int LastPosition = 1_000_000;

    /// <summary>As they are tried.</summary>
    public override string OrderOf(RoutingRule value) => $"{value.Position:D7}:{value.Id}";

    public override string Path => "routing-rules";

    public override string Noun => "routing_rule";

    public override string IdPrefix => "rr";

    public override int Maximum => 500;

    public override string NameOf(RoutingRule value) => value.Name;

    public override RoutingRuleRequest RequestOf(RoutingRule value) => new()
    {
        Name = value.Name,
        Active = value.Active,
        Position = value.Position,
        ChannelIds = value.ChannelIds,
        Match = value.Match,
        Target = value.Target,
        WaitTimeout = value.WaitTimeout,
        AddTags = value.AddTags,
    };

    public override RoutingRuleView View(RoutingRule value) => new(
        value.Id, value.Name, value.Active, value.Position, value.ChannelIds, value.Match, value.Target, value.WaitTimeout, value.AddTags, value.CreatedAt);

    public override async Task<Result<RoutingRule>> BuildAsync(
        ResourceDraft draft, RoutingRuleRequest request, RoutingRule? before, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [.. MatchValidation.Validate(request.Match)];
        errors.Name("name", request.Name);
        errors.Tags("addTags", request.AddTags);
        errors.Between("waitTimeout", request.WaitTimeout, TimeSpan.FromSeconds(1), TextRules.LongestWait);
        if (request.Position is < 0 or > LastPosition) errors.Add(new FieldError("position", $"0 to {LastPosition}."));
        if (request.ChannelIds.Count > MaximumChannels) errors.Add(new FieldError("channelIds", $"At most {MaximumChannels} channels."));
        if (request.Target.Kind == RuleTargetKind.Queue) errors.Name("target.id", request.Target.Id, MaximumQueueName);
        if (errors.Count > 0) return Refusal.Malformed(errors);
        if (await UnknownAsync(draft.Workspace, request, cancellationToken) is { } unknown) return unknown;
        return new RoutingRule
        {
            Workspace = draft.Workspace,
            Id = draft.Id,
            CreatedAt = draft.CreatedAt,
            Name = request.Name.Trim(),
            Active = request.Active,
            Position = request.Position ?? await BehindLastAsync(draft.Workspace, cancellationToken),
            ChannelIds = [.. request.ChannelIds.Distinct()],
            Match = request.Match,
            Target = request.Target with { Id = request.Target.Id.Trim() },
            WaitTimeout = request.WaitTimeout,
            AddTags = [.. request.AddTags.Select(t => t.Trim())],
        };
    }

    private async Task<int> BehindLastAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
        Math.Min(LastPosition, (await rules.ListAsync(workspace, cancellationToken)).Select(s => s.Value.Position).DefaultIfEmpty(0).Max() + 1);

    private async Task<Refusal?> UnknownAsync(WorkspaceId workspace, RoutingRuleRequest request, CancellationToken cancellationToken)
    {
        foreach ((int index, ChannelId channel) in request.ChannelIds.Index())
            if (await existence.ChannelAsync(workspace, channel, $"channelIds[{index}]", cancellationToken) is { } unknown) return unknown;
        return request.Target.Kind switch
        {
            RuleTargetKind.Agent => await existence.AgentAsync(workspace, request.Target.Id, "target.id", cancellationToken),
            RuleTargetKind.Team => await existence.TeamAsync(workspace, request.Target.Id, "target.id", cancellationToken),
            RuleTargetKind.AiAgent => await existence.AiAgentAsync(workspace, request.Target.Id, "target.id", cancellationToken),
            _ => null,
        };
    }
}
