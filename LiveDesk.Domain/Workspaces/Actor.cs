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
public sealed record Actor(ActorKind Kind, string? Id = null, string? Name = null)
{
    public static readonly Actor System = new(ActorKind.System);

    /// <summary>A person of the desk. Only a person's reply takes an unassigned conversation or counts as first reply.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsPerson => Kind == ActorKind.Agent;
}
