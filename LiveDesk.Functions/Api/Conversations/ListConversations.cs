using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>The inbox: one list at a time, newest activity first. The narrowest filter chooses the list, the others thin it out.</summary>
internal sealed class ListConversations(
    IInboxIndex inbox, IResourceStore<SavedView> views, ChannelAccess channels, ConversationAccess conversations, TimeProvider time)
{
    // A thinned-out page is filled from further pages, but not for ever: the cursor goes on from there.
    private const int MostPages = 10;

    [Answers(200, typeof(ListView<ConversationView>))]
    [Query("status", "open (if absent), snoozed or closed."), Query("assignee", "me, none, ai or an agent's id."), Query("teamId", "A team's.")]
    [Query("channelId", "A channel's."), Query("tag", "With this tag."), Query("view", "A saved view's id; the other parameters go before what it says.")]
    [Function(nameof(ListConversations)), Operation(Role.Agent)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Conversations)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Caller caller = Caller.Of(context);
        SavedView? view = null;
        if (request.Query["view"] is { Length: > 0 } id
            && (view = (await views.ListRecentAsync(caller.Workspace, cancellationToken)).FirstOrDefault(v => v.Id == id)) is null)
            return await request.ProblemAsync(Refusal.NotFound("view"));
        Result<InboxFilter> filter = InboxFilter.Of(request, caller, view);
        if (filter.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        try
        {
            return await request.JsonAsync(await ListAsync(caller, filter.Value, paging.Value, cancellationToken));
        }
        catch (FormatException)
        {
            return await request.ProblemAsync(Refusal.Malformed("cursor", "Not a cursor of this list."));
        }
    }

    private async Task<ListView<ConversationView>> ListAsync(Caller caller, InboxFilter filter, Paging paging, CancellationToken cancellationToken)
    {
        var items = new List<(InboxItem Item, Channel Channel)>();
        string? cursor = paging.Cursor;
        for (int page = 0; page < MostPages; page++)
        {
            PageOf<InboxItem> read = await inbox.ListAsync(caller.Workspace, filter.View, paging.Limit - items.Count, cursor, cancellationToken);
            foreach (InboxItem item in read.Items)
            {
                if (!filter.Keeps(item.Conversation)) continue;
                if (await channels.FindOfRecordAsync(caller, item.Conversation.Channel, cancellationToken) is { } channel)
                    items.Add((item, channel));
            }
            cursor = read.NextCursor;
            if (cursor is null || items.Count == paging.Limit) break;
        }
        IReadOnlyDictionary<ConversationId, WaitingView> places =
            await conversations.PlacesAsync(caller.Workspace, items.Select(i => i.Item.Conversation), cancellationToken);
        DateTimeOffset now = time.GetUtcNow();
        return new ListView<ConversationView>([.. items.Select(i => ConversationView.Of(i.Item, i.Channel.Type, caller.Reader, now, places))], cursor);
    }
}
