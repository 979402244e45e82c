using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Security;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Agents;

internal sealed class ChangeAgent(ManageAgents agents, ApiKeyStore keys, AuditTrail audit)
{
    [Function(nameof(ChangeAgent)), Operation(Role.Admin), Reads(typeof(AgentRequest), Partial = true), Answers(200, typeof(AgentView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Agent)] HttpRequestData request, string agentId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        if (!AgentId.TryParse(agentId, out AgentId id)) return await request.ProblemAsync(Refusal.NotFound("agent"));
        Result<JsonElement> patch = await request.ReadElementAsync(cancellationToken);
        if (patch.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Caller caller = Caller.Of(context);
        Refusal? wrong = null;
        Agent? before = null;
        Result<AgentSnapshot> changed = await audit.RunAsync(
            caller, "agent.updated", new AuditTarget("agent", id.Value),
            () => agents.ChangeAsync(caller.Workspace, id, Next, version => request.Stale(version) is null, cancellationToken),
            done => done.Agent == before ? null : Note(AgentView.Of(before!), AgentView.Of(done.Agent)), cancellationToken);
        if ((wrong ?? changed.Refusal) is { } refusal) return await request.ProblemAsync(refusal);
        AgentView view = AgentView.Of(changed.Value.Agent);
        // Even if the role is what it was: a request before this one may have died in between.
        if (patch.Value.TryGetProperty("role", out _)) await keys.FollowAsync(caller.Workspace, id, view.Role, cancellationToken);
        return await request.JsonAsync(view, version: changed.Value.Version);

        Agent Next(Agent agent)
        {
            before = agent;
            Result<AgentRequest> next = Merge(agent, patch.Value);
            wrong = next.Refusal;
            return wrong is not null
                ? agent
                : agent with { Name = next.Value.Name, Email = next.Value.Email, Role = next.Value.Role, Limit = next.Value.Limit };
        }
    }

    private static AuditNote Note(AgentView before, AgentView after) => new(after.Target, before, after);

    private static Result<AgentRequest> Merge(Agent agent, JsonElement patch)
    {
        var current = new AgentRequest { Name = agent.Name, Email = agent.Email, Role = agent.Role, Limit = agent.Limit };
        return ApiJson.Read<AgentRequest>(MergePatch.Apply(JsonSerializer.SerializeToElement(current, ApiJson.Options), patch));
    }
}
