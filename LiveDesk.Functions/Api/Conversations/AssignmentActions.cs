using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>A person gives a conversation to somebody, or leaves it with nobody.</summary>
internal sealed class AssignmentActions(
    ConversationRunner runner, IDeskStore agents, IResourceStore<Team> teams, IResourceStore<AiAgent> aiAgents)
{
    [Reads(typeof(AssignRequest)), Answers(200, typeof(ConversationView))]
    [Function("AssignConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Assign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/assign")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<AssignRequest> body = await request.ReadJsonAsync<AssignRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        return await runner.RunAsync(request, caller, conversationId, async found =>
        {
            Result<Owner> owner = await OwnerAsync(caller.Workspace, body.Value, found, cancellationToken);
            if (owner.Refusal is { } refusal) return refusal;
            var command = new AssignCommand(found.Id, owner.Value, body.Value.TeamId, "manual", caller.Actor);
            return new Result<ContactTransactions.Decide>((state, now) => AssignConversation.Decide(state, command, now));
        }, cancellationToken);
    }

    [Answers(200, typeof(ConversationView))]
    [Function("UnassignConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Unassign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/unassign")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        return await runner.RunAsync(request, caller, conversationId, found =>
            (state, now) => UnassignConversation.Decide(state, found.Id, "manual", caller.Actor, now), cancellationToken);
    }

    private async Task<Result<Owner>> OwnerAsync(WorkspaceId workspace, AssignRequest body, ConversationFound found, CancellationToken cancellationToken)
    {
        if (new[] { body.AgentId, body.TeamId, body.AiAgentId }.Count(id => id is not null) != 1)
            return Refusal.Malformed("agentId", "Give one of agentId, teamId, aiAgentId.");
        if (body.TeamId is { } team)
            return await teams.FindAsync(workspace, team, cancellationToken) is not null
                ? Owner.None
                : Refusal.Rule("team_unknown", "No such team.", "teamId");
        if (body.AiAgentId is { } machine)
            return await aiAgents.FindAsync(workspace, machine, cancellationToken) is { } ai
                ? Owner.Ai(ai.Value.Id, ai.Value.Name)
                : Refusal.Rule("ai_agent_unknown", "No such AI agent.", "aiAgentId");
        if (!AgentId.TryParse(body.AgentId, out AgentId id) || await agents.FindAgentAsync(workspace, id, cancellationToken) is not { } agent)
            return Refusal.Rule("agent_unknown", "No such agent.", "agentId");
        return found.Channel.AgentIds.Contains(id)
            ? Owner.Agent(id, agent.Agent.Name)
            : Refusal.Rule("agent_no_member", "The agent is no member of the conversation's channel.", "agentId");
    }
}
