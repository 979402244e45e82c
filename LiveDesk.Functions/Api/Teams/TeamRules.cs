using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Resources;

namespace LiveDesk.Functions.Api.Teams;

internal sealed record TeamRequest
{
    public required string Name { get; init; }
    public IReadOnlyList<AgentId> AgentIds { get; init; } = [];

    /// <summary>False: what comes to the team waits in its line until a member takes it.</summary>
    public bool AutoAssign { get; init; } = true;
}

internal sealed record TeamView(string Id, string Name, IReadOnlyList<AgentId> AgentIds, bool AutoAssign, DateTimeOffset CreatedAt);

internal sealed class TeamRules(Existence existence, Uses uses) : ResourceRules<Team, TeamRequest, TeamView>
{
    private const int MaximumMembers = 1_000;

    public override string Path => "teams";

    public override string Noun => "team";

    public override string IdPrefix => "tm";

    public override string NameOf(Team value) => value.Name;

    public override TeamRequest RequestOf(Team value) => new() { Name = value.Name, AgentIds = value.AgentIds, AutoAssign = value.AutoAssign };

    public override TeamView View(Team value) => new(value.Id, value.Name, value.AgentIds, value.AutoAssign, value.CreatedAt);

    public override async Task<Result<Team>> BuildAsync(ResourceDraft draft, TeamRequest request, Team? before, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        errors.Name("name", request.Name);
        if (request.AgentIds.Count > MaximumMembers) errors.Add(new FieldError("agentIds", $"At most {MaximumMembers} members."));
        if (errors.Count > 0) return Refusal.Malformed(errors);
        if (await existence.AgentsAsync(draft.Workspace, request.AgentIds, "agentIds", cancellationToken) is { } unknown) return unknown;
        return new Team
        {
            Workspace = draft.Workspace,
            Id = draft.Id,
            CreatedAt = draft.CreatedAt,
            Name = request.Name.Trim(),
            AgentIds = [.. request.AgentIds.Distinct()],
            AutoAssign = request.AutoAssign,
        };
    }

    public override Task<Refusal?> InUseAsync(Team value, CancellationToken cancellationToken) => uses.OfTeamAsync(value.Workspace, value.Id, cancellationToken);
}
