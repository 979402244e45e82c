using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Conversations;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Files;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Messages;

/// <summary>Sends a failed message, or one of unknown outcome, again.</summary>
internal sealed class CreateMessageResend(ConversationAccess access, ResendMessage resend, FileLinks links)
{
    [KeepsOwnKeys, Answers(202, typeof(MessageView))]
    [Function(nameof(CreateMessageResend)), Operation(Role.Agent)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/messages/{messageId}/resend")] HttpRequestData request,
        string conversationId, string messageId, FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        Result<string?> key = IdempotencyKey.Of(request);
        if (key.Refusal is { } badKey) return await request.ProblemAsync(badKey);
        Result<ConversationFound> found = await access.LoadAsync(caller, conversationId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        if (!MessageId.TryParse(messageId, out MessageId id) || id.Conversation != found.Value.Id)
            return await request.ProblemAsync(Refusal.NotFound("message"));
        SeenKey? once = key.Value is { } given ? SeenKey.Request($"{found.Value.Id}:{given}") : null;
        Result<Message> queued = await resend.RunAsync(caller.Workspace, id, once, $"resend:{id}", cancellationToken);
        return queued.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await request.JsonAsync(MessageView.Of(queued.Value, links), HttpStatusCode.Accepted);
    }
}
