using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>A group of people: a target of rules and assignments.</summary>
public sealed record Team : IResource
{
    public static string Kind => "team";

    public required WorkspaceId Workspace { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public IReadOnlyList<AgentId> AgentIds { get; init; } = [];

    /// <summary>False: what comes to the team waits in its line until a member takes it.</summary>
    public bool AutoAssign { get; init; } = true;
    public required DateTimeOffset CreatedAt { get; init; }

    string IResource.UniqueName => Name;
}
