using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Hosting;

namespace LiveDesk.Functions.Api.Events;

/// <summary>
/// The feed, by long poll: what stands behind the cursor, or else what comes within the wait. Without <c>after</c> it begins now if there is a wait, and
/// otherwise with the newest events of the hour; <c>after=start</c> begins with the oldest event kept.
/// </summary>
internal sealed class ListEvents(
    IEventReader reader, FeedSignals signals, FeedTail tail, EventVisibility visibility, TimeProvider time, IHostApplicationLifetime lifetime)
{
    [Function(nameof(ListEvents)), Operation(Role.Agent), Answers(200, typeof(ListView<EventView>))]
    [Query("after", "A cursor that was given before; absent: from now on, or without wait the newest events of the hour; start: from the oldest event kept.")]
    [Query("wait", "How long to wait for an event, PT0S to PT60S. Default: not at all.")]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Events)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<EventQuery> query = EventQuery.Of(request, time.GetUtcNow());
        if (query.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        Caller caller = Caller.Of(context);
        if (query.Value.After is { } after && EventCursor.IsOld(after, time.GetUtcNow()) && !await reader.KeepsAsync(caller.Workspace, after, cancellationToken))
            return await request.ProblemAsync(new Refusal(
                RefusalKind.Malformed, "cursor_expired", $"The feed is kept for {FeedPosition.Kept.Days} days. Load your lists anew and go on without after.", "after"));
        FeedPosition from = query.Value.After ?? await NewestAsync(caller.Workspace, query.Value.Wait > TimeSpan.Zero ? 0 : paging.Value.Limit, cancellationToken);
        FeedPage page = await FollowAsync(caller, from, query.Value.Wait, paging.Value.Limit, cancellationToken);
        return await request.JsonAsync(new ListView<EventView>([.. page.Items.Select(EventView.Of)], EventCursor.Write(page.Next)));
    }

    /// <returns>Before the newest events of the hour.</returns>
    private async Task<FeedPosition> NewestAsync(WorkspaceId workspace, int events, CancellationToken cancellationToken)
    {
        FeedPosition end = await reader.EndAsync(workspace, null, cancellationToken);
        return end with { Number = Math.Max(0, end.Number - events) };
    }

    private async Task<FeedPage> FollowAsync(Caller caller, FeedPosition place, TimeSpan wait, int limit, CancellationToken cancellationToken)
    {
        DateTimeOffset until = time.GetUtcNow() + wait;
        // A desk that shuts down lets its readers go on elsewhere.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        while (true)
        {
            Task appended = signals.Next(caller.Workspace);
            FeedPage page = await reader.ReadAsync(caller.Workspace, place, limit, cancellationToken);
            bool moved = page.Next != place;
            place = page.Next;
            IReadOnlyList<FeedEvent> visible = await visibility.OfAsync(caller, page.Items, cancellationToken);
            if (visible.Count > 0 || (!moved && time.GetUtcNow() >= until) || ending.IsCancellationRequested) return new FeedPage(visible, place);
            if (moved) continue;
            try
            {
                await tail.WaitAsync(caller.Workspace, place, appended, until, ending.Token);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return new FeedPage([], place);
            }
        }
    }
}
