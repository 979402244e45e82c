using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Conversations;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

/// <summary>A contact's conversations, newest first, as far as the caller sees their channels.</summary>
internal sealed class ListContactConversations(ContactAnswers answers, IContactStore contacts, ChannelAccess channels, TimeProvider time)
{
    [Function(nameof(ListContactConversations)), Operation(Role.Agent), Answers(200, typeof(ListView<ConversationView>))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Contact + "/conversations")] HttpRequestData request, string contactId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ContactSnapshot> found = await answers.LoadAsync(caller.Workspace, contactId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        if (Before(paging.Value.Cursor) is not { } before) return await request.ProblemAsync(Refusal.Malformed("cursor", "Not a cursor of this list."));

        var views = new List<ConversationView>();
        int limit = paging.Value.Limit;
        while (true)
        {
            IReadOnlyList<Conversation> page = await contacts.ListConversationsAsync(caller.Workspace, found.Value.Id, before, limit, cancellationToken);
            foreach (Conversation conversation in page)
            {
                before = conversation.Id.Number;
                if (await channels.FindAsync(caller, conversation.Channel, cancellationToken) is { } channel)
                    views.Add(ConversationView.Of(
                        InboxViews.Entry(found.Value.State.Contact!, conversation).Item, channel.Type, caller.Agent?.Value, time.GetUtcNow()));
                if (views.Count == limit) break;
            }
            if (page.Count == 0 || before <= 1 || views.Count == limit) break;
        }
        string? next = views.Count == limit && before > 1 ? Cursors.Encode($"{before}") : null;
        return await request.JsonAsync(new ListView<ConversationView>(views, next));
    }

    /// <summary>Conversations with a smaller number come next; null if the cursor is none of ours.</summary>
    private static int? Before(string? cursor)
    {
        if (cursor is null) return ConversationId.MaximumNumber + 1;
        try
        {
            return int.TryParse(Cursors.Decode(cursor), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
                && number is > 0 and <= ConversationId.MaximumNumber ? number : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
