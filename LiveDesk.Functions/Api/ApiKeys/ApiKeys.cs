using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using LiveDesk.Functions.Security;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.ApiKeys;

/// <summary>Keys of people and integrations. The secret is told once, when a key is made; deleting a key revokes it.</summary>
internal sealed class ApiKeys(ResourceApi<ApiKey, ApiKeyRequest, ApiKeyView> api, ApiKeyRules rules, ApiKeyStore keys, AuditTrail audit, TimeProvider time)
{
    private const int Maximum = 1_000;

    [Function("CreateApiKey"), Operation(Role.Admin), Reads(typeof(ApiKeyRequest)), Answers(201, typeof(NewApiKeyView))]
    public async Task<HttpResponseData> Create(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.ApiKeys)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<ApiKeyRequest> body = await request.ReadJsonAsync<ApiKeyRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        var draft = new ResourceDraft(caller.Workspace, "", time.GetUtcNow());
        Result<ApiKey> wanted = await rules.BuildAsync(draft, body.Value, null, cancellationToken);
        if (wanted.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        if ((await keys.ListAsync(caller.Workspace, cancellationToken)).Count >= Maximum)
            return await request.ProblemAsync(Refusal.Rule("limit_reached", $"A workspace has at most {Maximum} keys."));
        (Stored<ApiKey> stored, string secret) = await audit.RunAsync(
            caller, "api_key.created", new AuditTarget("api_key", "", wanted.Value.Name),
            () => keys.CreateAsync(caller.Workspace, wanted.Value.Name, wanted.Value.Role, wanted.Value.Agent, wanted.Value.FollowsAgent, cancellationToken),
            made => ApiKeyView.Created(made.Key.Value), cancellationToken);
        ApiKey key = stored.Value;
        return await request.JsonAsync(
            new NewApiKeyView(key.Id, secret, key.Name, key.Role, key.Agent, key.Prefix, key.CreatedAt), HttpStatusCode.Created, stored.Version,
            $"/api/v1/workspaces/{caller.Workspace}/api-keys/{key.Id}");
    }

    [Function("ListApiKeys"), Operation(Role.Admin), Answers(200, typeof(ListView<ApiKeyView>))]
    public async Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.ApiKeys)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        WorkspaceId workspace = Caller.Of(context).Workspace;
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        IReadOnlyDictionary<string, DateTimeOffset> uses = await keys.UsesAsync(workspace, cancellationToken);
        return await request.PageAsync(paging.Value.Of(
            "api-keys", (await keys.ListAsync(workspace, cancellationToken)).Select(k => ApiKeyView.Of(k.Value, UsedAt(uses, k.Value.Id))), view => view.Id));
    }

    [Function("GetApiKey"), Operation(Role.Admin), Answers(200, typeof(ApiKeyView))]
    public async Task<HttpResponseData> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.ApiKey)] HttpRequestData request, string keyId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        WorkspaceId workspace = Caller.Of(context).Workspace;
        if (await keys.FindAsync(workspace, keyId, cancellationToken) is not { } found) return await request.ProblemAsync(Refusal.NotFound("API key"));
        IReadOnlyDictionary<string, DateTimeOffset> uses = await keys.UsesAsync(workspace, cancellationToken);
        return await request.JsonAsync(ApiKeyView.Of(found.Value, UsedAt(uses, keyId)), version: found.Version);
    }

    [Function("ChangeApiKey"), Operation(Role.Admin), Reads(typeof(ApiKeyRequest), Partial = true), Answers(200, typeof(ApiKeyView))]
    public Task<HttpResponseData> Change(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.ApiKey)] HttpRequestData request, string keyId, FunctionContext context,
        CancellationToken cancellationToken) => api.ChangeAsync(request, keyId, context, cancellationToken);

    [Function("DeleteApiKey"), Operation(Role.Admin), Answers(204)]
    public Task<HttpResponseData> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.ApiKey)] HttpRequestData request, string keyId, FunctionContext context,
        CancellationToken cancellationToken) => api.DeleteAsync(request, keyId, context, cancellationToken);

    private static DateTimeOffset? UsedAt(IReadOnlyDictionary<string, DateTimeOffset> uses, string id) => uses.TryGetValue(id, out DateTimeOffset at) ? at : null;
}
