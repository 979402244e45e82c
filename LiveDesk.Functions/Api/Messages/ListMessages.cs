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

/// <summary>The newest messages, oldest of them first; <c>before</c> (or the cursor) goes back from there.</summary>
internal sealed class ListMessages(ConversationAccess access, IContactStore contacts, FileLinks links)
{
    [Answers(200, typeof(ListView<MessageView>)), Query("before", "A message: the page ends before it.")]
    [Function(nameof(ListMessages)), Operation(Role.Agent)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Conversation + "/messages")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Caller caller = Caller.Of(context);
        Result<ConversationFound> found = await access.LoadAsync(caller, conversationId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        string field = request.Query["before"] is null ? "cursor" : "before";
        string? text = request.Query["before"] ?? paging.Value.Cursor;
        MessageId? before = null;
        if (text is not null)
        {
            if (!MessageId.TryParse(text, out MessageId id) || id.Conversation != found.Value.Id)
                return await request.ProblemAsync(Refusal.Malformed(field, "Not a message of this conversation."));
            before = id;
        }
        IReadOnlyList<Message> page = await contacts.ListMessagesAsync(caller.Workspace, found.Value.Id, before, paging.Value.Limit + 1, cancellationToken);
        bool more = page.Count > paging.Value.Limit;
        Message[] shown = [.. more ? page.Skip(1) : page];
        return await request.JsonAsync(new ListView<MessageView>([.. shown.Select(m => MessageView.Of(m, links))], more ? shown[0].Id.Value : null));
    }
}
