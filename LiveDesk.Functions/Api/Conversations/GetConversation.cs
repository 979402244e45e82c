using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

internal sealed class GetConversation(ConversationAccess access)
{
    [Answers(200, typeof(ConversationView))]
    [Function(nameof(GetConversation)), Operation(Role.Agent)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Conversation)] HttpRequestData request, string conversationId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<ConversationFound> found = await access.LoadAsync(caller, conversationId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        (ConversationView view, string version) = await access.ViewAsync(caller, found.Value.Id, cancellationToken);
        return await request.JsonAsync(view, version: version);
    }
}
