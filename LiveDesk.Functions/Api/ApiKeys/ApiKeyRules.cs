using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Resources;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.Api.ApiKeys;

internal sealed record ApiKeyRequest
{
    public required string Name { get; init; }

    /// <summary>Absent or null: the person's role, whatever it becomes.</summary>
    public Role? Role { get; init; }

    /// <summary>The person the key speaks for; null for an integration.</summary>
    public AgentId? AgentId { get; init; }
}

/// <param name="LastUsedAt">To within some minutes.</param>
internal sealed record ApiKeyView(string Id, string Name, Role Role, AgentId? AgentId, string Prefix, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt)
{
    public static ApiKeyView Of(ApiKey key, DateTimeOffset? usedAt = null) =>
        new(key.Id, key.Name, key.Role, key.Agent, key.Prefix, key.CreatedAt, usedAt);

    /// <summary>What the audit log says of a new key.</summary>
    public static AuditNote Created(ApiKey key) => new(new AuditTarget("api_key", key.Id, key.Name), null, Of(key));
}

/// <param name="Key">The secret; it is told this once.</param>
internal sealed record NewApiKeyView(string Id, string Key, string Name, Role Role, AgentId? AgentId, string Prefix, DateTimeOffset CreatedAt);

internal sealed class ApiKeyRules(IDeskStore desk) : ResourceRules<ApiKey, ApiKeyRequest, ApiKeyView>
{
    public override string Path => "api-keys";

    public override string Noun => "api_key";

    public override string IdPrefix => "key";

    public override string NameOf(ApiKey value) => value.Name;

    public override ApiKeyRequest RequestOf(ApiKey value) => new() { Name = value.Name, Role = value.FollowsAgent ? null : value.Role, AgentId = value.Agent };

    public override ApiKeyView View(ApiKey value) => ApiKeyView.Of(value);

    /// <summary>The parts that a client may say; prefix and hash stay as they are.</summary>
    public override async Task<Result<ApiKey>> BuildAsync(ResourceDraft draft, ApiKeyRequest request, ApiKey? before, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        errors.Name("name", request.Name);
        if (request is { Role: null, AgentId: null }) errors.Add(new FieldError("role", "Needed for a key that speaks for nobody."));
        if (errors.Count > 0) return Refusal.Malformed(errors);
        AgentSnapshot? agent = request.AgentId is { } id ? await desk.FindAgentAsync(draft.Workspace, id, cancellationToken) : null;
        if (request.AgentId is not null && agent is null) return Refusal.Rule("agent_unknown", "No such agent.", "agentId");
        Role role = request.Role ?? agent!.Agent.Role;
        return new ApiKey(
            draft.Id, draft.Workspace, request.Name.Trim(), role, request.AgentId, before?.Prefix ?? "", draft.CreatedAt, before?.Hash ?? "",
            FollowsAgent: request.Role is null);
    }
}
