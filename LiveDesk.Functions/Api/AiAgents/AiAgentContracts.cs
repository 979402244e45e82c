using System.Text.Json;
using LiveDesk.Domain.AiAgents;

namespace LiveDesk.Functions.Api.AiAgents;

internal sealed record AiAgentRequest
{
    public required string Name { get; init; }
    public required AiAgentKind Kind { get; init; }

    /// <summary>gpt only, and needed there.</summary>
    public string? Model { get; init; }

    public string? BaseUrl { get; init; }

    /// <summary>gpt only; shown as ********, which keeps it.</summary>
    public string? ApiKey { get; init; }

    public string? Instructions { get; init; }
    public int MaxTurns { get; init; } = AiAgent.StandardMaxTurns;
    public TimeSpan Timeout { get; init; } = AiAgent.StandardTimeout;

    /// <summary>dialogflow only, and needed there.</summary>
    public string? ProjectId { get; init; }

    public string? Location { get; init; }

    /// <summary>A Dialogflow CX agent; absent: the project's ES agent.</summary>
    public string? AgentId { get; init; }

    /// <summary>dialogflow only: the service account's JSON, as an object or as text; shown as ********, which keeps it.</summary>
    public JsonElement? Credentials { get; init; }
}

internal sealed record AiAgentView(
    string Id, string Name, AiAgentKind Kind, string? Model, Uri? BaseUrl, string? ApiKey, string? Instructions, int MaxTurns, TimeSpan Timeout,
    string? ProjectId, string? Location, string? AgentId, string? Credentials, DateTimeOffset CreatedAt)
{
    public const string Masked = "********";

    public static AiAgentView Of(AiAgent agent)
    {
        string? secret = agent.ProtectedSecret is null ? null : Masked;
        bool gpt = agent.AgentKind == AiAgentKind.Gpt;
        return new AiAgentView(
            agent.Id, agent.Name, agent.AgentKind, agent.Model, agent.BaseUrl, gpt ? secret : null, agent.Instructions, agent.MaxTurns, agent.Timeout,
            agent.ProjectId, agent.Location, agent.DialogflowAgentId, gpt ? null : secret, agent.CreatedAt);
    }
}
