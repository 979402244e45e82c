using System.Net;
using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

internal sealed record BulkRequest
{
    public required IReadOnlyList<string> ConversationIds { get; init; }
    /// <summary>Any but <c>notes</c> and <c>messages</c>, which say something to one.</summary>
    public required ConversationOperation Action { get; init; }

    /// <summary>What the action's own request would say.</summary>
    public JsonElement? With { get; init; }
}

/// <param name="Status">As the action by itself would have answered.</param>
internal sealed record BulkResult(string ConversationId, int Status, string? Code, string? Detail, IReadOnlyList<FieldError> Errors);

/// <summary>One action on up to a hundred conversations. Each is decided by itself: what is refused for one is done to the others.</summary>
internal sealed class BulkActions(ConversationRunner runner, ConversationCommands commands)
{
    private const int Maximum = 100;
    private const int AtOnce = 8;

    [Reads(typeof(BulkRequest)), Answers(200, typeof(ListView<BulkResult>))]
    [Function("ActOnConversations"), Operation(Role.Agent)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversations + "/bulk")] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<BulkRequest> body = await request.ReadJsonAsync<BulkRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        IReadOnlyList<string> ids = body.Value.ConversationIds;
        if (ids.Count is 0 or > Maximum) return await request.ProblemAsync(Refusal.Malformed("conversationIds", $"1 to {Maximum} conversations."));
        if (ids.Distinct(StringComparer.Ordinal).Count() < ids.Count)
            return await request.ProblemAsync(Refusal.Malformed("conversationIds", "A conversation stands in the list twice."));
        if (body.Value.Action is ConversationOperation.Notes or ConversationOperation.Messages)
            return await request.ProblemAsync(Refusal.Malformed("action", "Notes and messages are written one by one."));
        Result<ConversationCommand> command = await CommandAsync(caller, body.Value, cancellationToken);
        if (command.Refusal is { } wrong) return await request.ProblemAsync(wrong.Under("with"));

        var results = new BulkResult[ids.Count];
        await Parallel.ForAsync(0, ids.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (i, token) =>
            results[i] = Answer(ids[i], await runner.DoAsync(caller, ids[i], command.Value, _ => null, token)));
        return await request.JsonAsync(new ListView<BulkResult>(results, null));
    }

    private static BulkResult Answer(string id, Result<ConversationFound> done) => done.Refusal is { } refusal
        ? new BulkResult(id, (int)refusal.Status(), refusal.Code, refusal.Message, refusal.Under("with").Errors)
        : new BulkResult(id, (int)HttpStatusCode.OK, null, null, []);

    private async Task<Result<ConversationCommand>> CommandAsync(Caller caller, BulkRequest body, CancellationToken cancellationToken)
    {
        switch (body.Action)
        {
            case ConversationOperation.Assign: return With<AssignRequest>(body, b => commands.Assign(caller, b, cancellationToken));
            case ConversationOperation.Close:
                Result<CloseRequest> close = With<CloseRequest>(body);
                return close.Refusal is { } wrong ? wrong : await commands.CloseAsync(caller, close.Value, cancellationToken);
            case ConversationOperation.Snooze:
                Result<SnoozeRequest> snooze = With<SnoozeRequest>(body);
                return snooze.Refusal is { } none ? none : ConversationCommands.Snooze(caller, snooze.Value);
            case ConversationOperation.Priority: return With<PriorityRequest>(body, b => ConversationCommands.Prioritize(caller, b));
            case ConversationOperation.Tags:
                Result<TagsRequest> tags = With<TagsRequest>(body);
                return tags.Refusal is { } empty ? empty : ConversationCommands.Tag(caller, tags.Value);
            case ConversationOperation.Unassign: return With<NothingMore>(body, _ => ConversationCommands.Unassign(caller));
            case ConversationOperation.Reopen: return With<NothingMore>(body, _ => ConversationCommands.Reopen(caller));
            default: return With<NothingMore>(body, _ => ConversationCommands.Read(caller));
        }
    }

    private static Result<ConversationCommand> With<T>(BulkRequest body, Func<T, ConversationCommand> command) where T : class => With<T>(body).Then(command);

    private static Result<T> With<T>(BulkRequest body) where T : class =>
        ApiJson.Read<T>(body.With is { ValueKind: not JsonValueKind.Null } given ? given : JsonSerializer.SerializeToElement(new NothingMore(), ApiJson.Options));

    private sealed record NothingMore;
}
