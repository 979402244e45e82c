using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>What people do to a conversation. Each finds it, checks <c>If-Match</c>, runs one decision and answers with what it is then.</summary>
internal sealed class ConversationActions(ConversationAccess access, IDeskStore agents, ContactDesk desk)
{
    [Function("AssignConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Assign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/assign")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<AssignRequest> body = await request.ReadJsonAsync<AssignRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        return await RunAsync(request, caller, conversationId, async found =>
        {
            Result<Owner> owner = await OwnerAsync(caller.Workspace, body.Value, found, cancellationToken);
            if (owner.Refusal is { } refusal) return refusal;
            var command = new AssignCommand(found.Id, owner.Value, null, "manual", caller.Actor);
            return new Result<ContactTransactions.Decide>((state, now) => AssignConversation.Decide(state, command, now));
        }, cancellationToken);
    }

    [Function("UnassignConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Unassign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/unassign")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        return await RunAsync(request, caller, conversationId, found => Task.FromResult(new Result<ContactTransactions.Decide>(
            (state, now) => UnassignConversation.Decide(state, found.Id, "manual", caller.Actor, now))), cancellationToken);
    }

    [Function("CloseConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/close")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<CloseRequest> body = await request.ReadJsonAsync<CloseRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        ClosingNote? note = body.Value is { Category: null, Summary: null } ? null : new ClosingNote(body.Value.Category, body.Value.Summary);
        if (note?.Category?.Length > 200) return await request.ProblemAsync(Refusal.Malformed("category", "At most 200 characters."));
        if (note?.Summary?.Length > 10_000) return await request.ProblemAsync(Refusal.Malformed("summary", "At most 10,000 characters."));
        return await RunAsync(request, caller, conversationId, found =>
        {
            var command = new CloseCommand(
                found.Id, new ClosedBy(ClosedSource.User, caller.Actor.Id), note, caller.Actor, found.Channel.Settings);
            return Task.FromResult(new Result<ContactTransactions.Decide>((state, now) => CloseConversation.Decide(state, command, now)));
        }, cancellationToken);
    }

    private async Task<HttpResponseData> RunAsync(
        HttpRequestData request, Caller caller, string conversationId,
        Func<ConversationFound, Task<Result<ContactTransactions.Decide>>> decision, CancellationToken cancellationToken)
    {
        Result<ConversationFound> found = await access.LoadAsync(caller, conversationId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        if (request.Stale(found.Value.Version) is { } stale) return await request.ProblemAsync(stale);
        Result<ContactTransactions.Decide> decide = await decision(found.Value);
        if (decide.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        Result<Committed> done = await desk.RunAsync(caller.Workspace, found.Value.Id.Contact, decide.Value, cancellationToken, read: found.Value.Read);
        if (done.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        (ConversationView view, string version) = await access.ViewAsync(caller, found.Value.Id, cancellationToken);
        return await request.JsonAsync(view, version: version);
    }

    private async Task<Result<Owner>> OwnerAsync(WorkspaceId workspace, AssignRequest body, ConversationFound found, CancellationToken cancellationToken)
    {
        if (new[] { body.AgentId, body.TeamId, body.AiAgentId }.Count(id => id is not null) != 1)
            return Refusal.Malformed("agentId", "Give one of agentId, teamId, aiAgentId.");
        if (body.AgentId is null) return Refusal.Rule("target_unknown", "No such team or AI agent.", body.TeamId is not null ? "teamId" : "aiAgentId");
        if (!AgentId.TryParse(body.AgentId, out AgentId id) || await agents.FindAgentAsync(workspace, id, cancellationToken) is not { } agent)
            return Refusal.Rule("agent_unknown", "No such agent.", "agentId");
        return found.Channel.AgentIds.Contains(id)
            ? Owner.Agent(id, agent.Agent.Name)
            : Refusal.Rule("agent_no_member", "The agent is no member of the conversation's channel.", "agentId");
    }
}
