using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Operations;

/// <summary>What failed too often and was set aside: how much of it there is, what it is, and another try.</summary>
internal sealed class Poison(PoisonQueues poison, AuditTrail audit)
{
    private const int MostIds = 1_000;

    [Function("ListPoison"), Operation(Role.Admin), Answers(200, typeof(ListView<PoisonQueue>))]
    public async Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Operations + "/poison")] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        WorkspaceId workspace = Caller.Of(context).Workspace;
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ListView<string>> names = paging.Value.Of("poison", QueueNames.All.Order(StringComparer.Ordinal), queue => queue);
        if (names.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        PoisonQueue[] page = await Task.WhenAll(names.Value.Items.Select(queue => poison.PeekAsync(workspace, queue, cancellationToken)));
        return await request.JsonAsync(new ListView<PoisonQueue>(page, names.Value.NextCursor));
    }

    [Function("ReplayPoison"), Operation(Role.Admin), Reads(typeof(ReplayRequest)), Answers(200, typeof(PoisonReplay))]
    public async Task<HttpResponseData> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Operations + "/poison/{queue}/replay")] HttpRequestData request, string queue,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Result<ReplayRequest> body = await request.ReadJsonAsync<ReplayRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        IReadOnlyList<string>? ids = body.Value.MessageIds;
        if (ids is { Count: 0 or > MostIds }) return await request.ProblemAsync(Refusal.Malformed("messageIds", $"1 to {MostIds} ids, or absent for all."));
        if (!QueueNames.All.Contains(queue)) return await request.ProblemAsync(Refusal.NotFound("queue"));
        Caller caller = Caller.Of(context);
        var target = new AuditTarget("queue", queue);
        return await request.JsonAsync(await audit.RunAsync(
            caller, "poison.replayed", target, () => poison.ReplayAsync(caller.Workspace, queue, ids, cancellationToken),
            replay => new AuditNote(target, null, replay), cancellationToken));
    }

    private sealed record ReplayRequest
    {
        public IReadOnlyList<string>? MessageIds { get; init; }
    }
}
