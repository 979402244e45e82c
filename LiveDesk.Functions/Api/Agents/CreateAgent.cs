using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Agents;

internal sealed class CreateAgent(ManageAgents agents, AuditTrail audit)
{
    [Function(nameof(CreateAgent)), Operation(Role.Admin), Reads(typeof(AgentRequest)), Answers(201, typeof(AgentView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Agents)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<AgentRequest> body = await request.ReadJsonAsync<AgentRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        AgentRequest agent = body.Value;
        Caller caller = Caller.Of(context);
        WorkspaceId workspace = caller.Workspace;
        Result<AgentSnapshot> created = await audit.RunAsync(
            caller, "agent.created", new AuditTarget("agent", "", agent.Name),
            () => agents.CreateAsync(workspace, agent.Name, agent.Email, agent.Role, agent.Limit, cancellationToken),
            made => Note(AgentView.Of(made.Agent)), cancellationToken);
        if (created.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        AgentView view = AgentView.Of(created.Value.Agent);
        return await request.JsonAsync(view, HttpStatusCode.Created, created.Value.Version, $"/api/v1/workspaces/{workspace}/agents/{view.Id}");
    }

    private static AuditNote Note(AgentView made) => new(made.Target, null, made);
}
