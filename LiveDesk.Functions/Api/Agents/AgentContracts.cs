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

internal sealed record PresenceRequest(Presence Status);

internal sealed record AgentView(
    AgentId Id, string Name, string? Email, Role Role, int? Limit, PresenceView Presence, int Held, DateTimeOffset CreatedAt)
{
    public static AgentView Of(Agent agent) =>
        new(agent.Id, agent.Name, agent.Email, agent.Role, agent.Limit, new PresenceView(agent.Presence), agent.Held, agent.CreatedAt);

    [System.Text.Json.Serialization.JsonIgnore]
    public AuditTarget Target => new("agent", Id.Value, Name);
}

internal sealed record PresenceView(Presence Status);

internal sealed record KeyView(string Id, string Key, Role Role, AgentId AgentId);
