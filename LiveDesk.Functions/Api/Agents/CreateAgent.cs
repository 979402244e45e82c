using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Agents;

internal sealed class CreateAgent(ManageAgents agents)
{
    [Function(nameof(CreateAgent)), Operation(Role.Admin)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Agents)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<AgentRequest> body = await request.ReadJsonAsync<AgentRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        AgentRequest agent = body.Value;
        WorkspaceId workspace = Caller.Of(context).Workspace;
        Result<AgentSnapshot> created = await agents.CreateAsync(workspace, agent.Name, agent.Email, agent.Role, agent.Limit, cancellationToken);
        return created.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await request.JsonAsync(
                AgentView.Of(created.Value.Agent), HttpStatusCode.Created, created.Value.Version,
                $"/api/v1/workspaces/{workspace}/agents/{created.Value.Agent.Id}");
    }
}
