using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Messages;
using LiveDesk.Functions.Files;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>Priority, tags, read marks and private notes.</summary>
internal sealed class MarkActions(ConversationRunner runner, ConversationAccess access, ContactDesk desk, IContactStore contacts, FileLinks links)
{
    [Reads(typeof(PriorityRequest)), Answers(200, typeof(ConversationView))]
    [Function("PrioritizeConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Prioritize(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/priority")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<PriorityRequest> body = await request.ReadJsonAsync<PriorityRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        return await runner.RunAsync(request, caller, conversationId, ConversationCommands.Prioritize(caller, body.Value), cancellationToken);
    }

    [Reads(typeof(TagsRequest)), Answers(200, typeof(ConversationView))]
    [Function("TagConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Tag(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/tags")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<TagsRequest> body = await request.ReadJsonAsync<TagsRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ConversationCommand> tag = ConversationCommands.Tag(caller, body.Value);
        return tag.Refusal is { } wrong
            ? await request.ProblemAsync(wrong)
            : await runner.RunAsync(request, caller, conversationId, tag.Value, cancellationToken);
    }

    /// <summary>Unread counts are per person; a key that speaks for nobody has one of its own.</summary>
    [Answers(200, typeof(ConversationView))]
    [Function("ReadConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Read(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/read")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        return await runner.RunAsync(request, caller, conversationId, ConversationCommands.Read(caller), cancellationToken);
    }

    [Reads(typeof(NoteRequest)), Answers(201, typeof(MessageView))]
    [Function("CreateNote"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Note(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/notes")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<NoteRequest> body = await request.ReadJsonAsync<NoteRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        if (string.IsNullOrWhiteSpace(body.Value.Text) || body.Value.Text.Length > PostNote.MaximumLength)
            return await request.ProblemAsync(Refusal.Malformed("text", $"1 to {PostNote.MaximumLength} characters."));
        Result<ConversationFound> found = await access.LoadAsync(caller, conversationId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        Result<Committed> posted = await desk.RunAsync(
            caller.Workspace, found.Value.Id.Contact, (state, now) => PostNote.Decide(state, found.Value.Id, caller.Actor, body.Value.Text, now),
            cancellationToken, read: found.Value.Read, condition: snapshot => request.Stale(found.Value.VersionIn(snapshot)));
        if (posted.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        MessageSnapshot note = (await contacts.FindMessageAsync(caller.Workspace, posted.Value.Message.Id, cancellationToken))!;
        return await request.JsonAsync(MessageView.Of(note.Message, links), HttpStatusCode.Created);
    }
}
