using System.Text.Json.Serialization;

namespace LiveDesk.Domain.Workspaces;

/// <summary>Who does something.</summary>
public enum ActorKind
{
    Contact,
    Agent,
    Ai,
    System,
    Workflow,
}

/// <summary>Who does something; the id is an agent's, an AI agent's, a workflow's. An integration is the system, under its API key's id.</summary>
/// <param name="Depth">Of a workflow: how many workflows set each other off before it, itself included; null for everybody else.</param>
public sealed record Actor(
    ActorKind Kind, string? Id = null, string? Name = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Depth = null)
{
    public static readonly Actor System = new(ActorKind.System);

    /// <summary>A person of the desk. Only a person's reply takes an unassigned conversation or counts as first reply.</summary>
    [JsonIgnore]
    public bool IsPerson => Kind == ActorKind.Agent;
}
