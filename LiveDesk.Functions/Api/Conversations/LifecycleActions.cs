using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>Close, reopen, snooze.</summary>
internal sealed class LifecycleActions(ConversationRunner runner, IResourceStore<ClosingNoteCategory> categories)
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
        ClosingNote? note = body.Value is { Category: null, Summary: null } ? null : new ClosingNote(body.Value.Category, body.Value.Summary);
        if (note?.Category?.Length > 200) return await request.ProblemAsync(Refusal.Malformed("category", "At most 200 characters."));
        if (note?.Summary?.Length > 10_000) return await request.ProblemAsync(Refusal.Malformed("summary", "At most 10,000 characters."));
        if (note?.Category is { } category)
        {
            Result<string> name = await CategoryAsync(caller.Workspace, category, cancellationToken);
            if (name.Refusal is { } unknown) return await request.ProblemAsync(unknown);
            note = note with { Category = name.Value };
        }
        return await runner.RunAsync(request, caller, conversationId, found =>
        {
            var command = new CloseCommand(found.Id, new ClosedBy(ClosedSource.User, caller.Actor.Id), note, caller.Actor, found.Channel);
            return (state, now) => CloseConversation.Decide(state, command, now);
        }, cancellationToken);
    }

    [Answers(200, typeof(ConversationView))]
    [Function("ReopenConversation"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Reopen(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversation + "/reopen")] HttpRequestData request, string conversationId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        return await runner.RunAsync(request, caller, conversationId, found =>
            (state, now) => ReopenConversation.Decide(state, found.Id, found.Channel.Settings.Reopen, caller.Actor, now), cancellationToken);
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
        if ((body.Value.Until is not null) == (body.Value.UntilReply == true))
            return await request.ProblemAsync(Refusal.Malformed("until", "Give an instant in until, or untilReply: true."));
        return await runner.RunAsync(request, caller, conversationId, found =>
            (state, now) => SnoozeConversation.Decide(state, found.Id, body.Value.Until, caller.Actor, now), cancellationToken);
    }

    /// <summary>By id or name. A workspace that has no list of categories takes any text.</summary>
    private async Task<Result<string>> CategoryAsync(WorkspaceId workspace, string category, CancellationToken cancellationToken)
    {
        IReadOnlyList<ClosingNoteCategory> known = await categories.ListRecentAsync(workspace, cancellationToken);
        if (known.Count == 0) return category;
        return known.FirstOrDefault(c => c.Id == category || c.Name.Equals(category.Trim(), StringComparison.OrdinalIgnoreCase)) is { } found
            ? found.Name
            : Refusal.Rule("category_unknown", "No such closing-note category.", "category");
    }
}
