using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Api.Http;

/// <summary>Who calls the API.</summary>
/// <param name="KeyId">The API key that was used, if one was.</param>
/// <param name="Agent">The person the caller speaks for; null for an integration.</param>
internal sealed record Caller(WorkspaceId Workspace, Role Role, string? KeyId, AgentId? Agent, string? Name)
{
    private const string ItemKey = "LiveDesk.Caller";

    public Actor Actor => Agent is { } agent ? new Actor(ActorKind.Agent, agent.Value, Name) : new Actor(ActorKind.System, KeyId, Name);

    /// <summary>Whose read marks count: the person's, or the key's own if it speaks for nobody.</summary>
    public string? Reader => Agent?.Value ?? KeyId;

    public static Caller Of(FunctionContext context) =>
        context.Items.TryGetValue(ItemKey, out object? caller) ? (Caller)caller : throw new InvalidOperationException("The function is no API operation.");

    public void AttachTo(FunctionContext context) => context.Items[ItemKey] = this;
}
