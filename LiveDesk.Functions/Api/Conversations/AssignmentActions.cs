using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>A person gives a conversation to somebody, or leaves it with nobody.</summary>
internal sealed class AssignmentActions(ConversationRunner runner, ConversationCommands commands, AssignmentWarnings warnings)
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
        return await runner.RunAsync(
            request, caller, conversationId, commands.Assign(caller, body.Value, cancellationToken), cancellationToken,
            view => warnings.WithAsync(caller.Workspace, view, cancellationToken));
    }

    [Answers(200, typeof(ConversationView))]
    [Function("UnassignConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Unassign(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/unassign")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        return await runner.RunAsync(request, caller, conversationId, ConversationCommands.Unassign(caller), cancellationToken);
    }
}
