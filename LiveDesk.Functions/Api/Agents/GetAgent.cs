using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Agents;

internal sealed class GetAgent(IDeskStore desk)
{
    [Function(nameof(GetAgent)), Operation(Role.Agent), Answers(200, typeof(AgentView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Agent)] HttpRequestData request, string agentId, FunctionContext context,
        CancellationToken cancellationToken) =>
        AgentId.TryParse(agentId, out AgentId id) && await desk.FindAgentAsync(Caller.Of(context).Workspace, id, cancellationToken) is { } found
            ? await request.JsonAsync(AgentView.Of(found.Agent), version: found.Version)
            : await request.ProblemAsync(Refusal.NotFound("agent"));
}
