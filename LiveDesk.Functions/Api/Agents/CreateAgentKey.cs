using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.ApiKeys;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Security;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Agents;

/// <summary>A key that speaks for a person, with the role that the person has at the time; it is told once.</summary>
internal sealed class CreateAgentKey(IDeskStore desk, ApiKeyStore keys, AuditTrail audit)
{
    [Function(nameof(CreateAgentKey)), Operation(Role.Admin), Answers(201, typeof(KeyView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Agent + "/keys")] HttpRequestData request, string agentId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        Caller caller = Caller.Of(context);
        WorkspaceId workspace = caller.Workspace;
        if (!AgentId.TryParse(agentId, out AgentId id) || await desk.FindAgentAsync(workspace, id, cancellationToken) is not { } found)
            return await request.ProblemAsync(Refusal.NotFound("agent"));
        (Stored<ApiKey> stored, string secret) = await audit.RunAsync(
            caller, "api_key.created", new AuditTarget("api_key", "", found.Agent.Name),
            () => keys.CreateAsync(workspace, found.Agent.Name, found.Agent.Role, id, followsAgent: true, cancellationToken),
            made => ApiKeyView.Created(made.Key.Value), cancellationToken);
        ApiKey key = stored.Value;
        return await request.JsonAsync(
            new KeyView(key.Id, secret, key.Role, id), HttpStatusCode.Created, stored.Version, $"/api/v1/workspaces/{workspace}/api-keys/{key.Id}");
    }
}
