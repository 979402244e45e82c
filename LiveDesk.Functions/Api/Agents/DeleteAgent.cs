using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Agents;

/// <summary>
/// A person leaves: the keys stop working, channels and teams lose the member, and whatever the person held goes back to the queue. Refused while a
/// routing rule or a workflow names the person.
/// </summary>
internal sealed class DeleteAgent(ManageAgents agents, AgentDeparture departure, Uses uses, AuditTrail audit)
{
    [Function(nameof(DeleteAgent)), Operation(Role.Admin), Answers(204)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.Agent)] HttpRequestData request, string agentId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (!AgentId.TryParse(agentId, out AgentId id)) return await request.ProblemAsync(Refusal.NotFound("agent"));
        if (await uses.OfAgentAsync(caller.Workspace, id, cancellationToken) is { } used) return await request.ProblemAsync(used);
        Result<Agent> gone = await audit.RunAsync(
            caller, "agent.deleted", new AuditTarget("agent", id.Value),
            () => agents.DeleteAsync(caller.Workspace, id, version => request.Stale(version) is null, cancellationToken),
            agent => Note(AgentView.Of(agent)), cancellationToken);
        if (gone.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        // At once, so that nothing shows the person any more; if this dies on the way, the queue does it.
        await departure.LeaveAsync(caller.Workspace, id, cancellationToken);
        return request.Empty();
    }

    private static AuditNote Note(AgentView gone) => new(gone.Target, gone);
}
