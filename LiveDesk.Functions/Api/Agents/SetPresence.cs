using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Agents;

/// <summary>An agent sets the own presence; a supervisor anybody's.</summary>
internal sealed class SetPresence(ManagePresence presence)
{
    [Function(nameof(SetPresence)), Operation(Role.Agent), Reads(typeof(PresenceRequest)), Answers(200, typeof(AgentView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Routes.Agent + "/presence")] HttpRequestData request, string agentId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (!AgentId.TryParse(agentId, out AgentId id)) return await request.ProblemAsync(Refusal.NotFound("agent"));
        if (caller.Role == Role.Agent && caller.Agent != id)
            return await request.ProblemAsync(new Refusal(RefusalKind.Forbidden, "role_too_low", "An agent sets the own presence only; a supervisor anybody's."));
        Result<PresenceRequest> body = await request.ReadJsonAsync<PresenceRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<AgentSnapshot> changed = await presence.SetAsync(
            caller.Workspace, id, body.Value.Status, body.Value.ExpiresAfter, version => request.Stale(version) is null, cancellationToken);
        return changed.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await request.JsonAsync(AgentView.Of(changed.Value.Agent), version: changed.Value.Version);
    }
}
