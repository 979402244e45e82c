using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>Close, reopen, snooze.</summary>
internal sealed class LifecycleActions(ConversationRunner runner, ConversationCommands commands)
{
    [Reads(typeof(CloseRequest)), Answers(200, typeof(ConversationView))]
    [Function("CloseConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Close(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/close")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<CloseRequest> body = await request.ReadJsonAsync<CloseRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ConversationCommand> close = await commands.CloseAsync(caller, body.Value, cancellationToken);
        return close.Refusal is { } wrong
            ? await request.ProblemAsync(wrong)
            : await runner.RunAsync(request, caller, conversationId, close.Value, cancellationToken);
    }

    [Answers(200, typeof(ConversationView))]
    [Function("ReopenConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Reopen(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/reopen")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        return await runner.RunAsync(request, caller, conversationId, ConversationCommands.Reopen(caller), cancellationToken);
    }

    [Reads(typeof(SnoozeRequest)), Answers(200, typeof(ConversationView))]
    [Function("SnoozeConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Snooze(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/snooze")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<SnoozeRequest> body = await request.ReadJsonAsync<SnoozeRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ConversationCommand> snooze = ConversationCommands.Snooze(caller, body.Value);
        return snooze.Refusal is { } wrong
            ? await request.ProblemAsync(wrong)
            : await runner.RunAsync(request, caller, conversationId, snooze.Value, cancellationToken);
    }
}
