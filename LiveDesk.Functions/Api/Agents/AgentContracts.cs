using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Api.Agents;

internal sealed record AgentRequest
{
    public required string Name { get; init; }
    public string? Email { get; init; }
    public Role Role { get; init; } = Role.Agent;
    public int? Limit { get; init; }
}

/// <param name="ExpiresAfter">The presence is void after this unless it is told again; null: it stands until it is changed.</param>
internal sealed record PresenceRequest(Presence Status, TimeSpan? ExpiresAfter = null);

internal sealed record AgentView(
    AgentId Id, string Name, string? Email, Role Role, int? Limit, PresenceView Presence, int Held, DateTimeOffset CreatedAt)
{
    public static AgentView Of(Agent agent) =>
        new(agent.Id, agent.Name, agent.Email, agent.Role, agent.Limit, PresenceView.Of(agent), agent.Held, agent.CreatedAt);

    [System.Text.Json.Serialization.JsonIgnore]
    public AuditTarget Target => new("agent", Id.Value, Name);
}

/// <param name="Until">When it ends unless it is told again; after it, the person counts as offline.</param>
/// <param name="Since">When it became what it is.</param>
internal sealed record PresenceView(Presence Status, DateTimeOffset? Until, DateTimeOffset? Since)
{
    public static PresenceView Of(Agent agent) => new(agent.Presence, agent.PresenceUntil, agent.PresenceSince);
}

internal sealed record KeyView(string Id, string Key, Role Role, AgentId AgentId);
