using System.Globalization;
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
internal sealed class ListContactConversations(
    ContactAnswers answers, IContactStore contacts, ChannelAccess channels, ConversationAccess conversations, TimeProvider time)
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
        if (Place.Of(paging.Value.Cursor) is not { } place) return await request.ProblemAsync(Refusal.Malformed("cursor", "Not a cursor of this list."));
        (List<Conversation> page, Place? next) = await PageAsync(caller, found.Value.State.Contact!, place, paging.Value.Limit, cancellationToken);
        IReadOnlyDictionary<ConversationId, WaitingView> places = await conversations.PlacesAsync(caller.Workspace, page, cancellationToken);
        var views = new List<ConversationView>();
        foreach (Conversation conversation in page)
        {
            Channel? channel = await channels.FindOfRecordAsync(caller, conversation.Channel, cancellationToken);
            views.Add(ConversationView.Of(
                InboxViews.Entry(found.Value.State.Contact!, conversation).Item, channel!.Type, caller.Reader, time.GetUtcNow(), places));
        }
        return await request.JsonAsync(new ListView<ConversationView>(views, next?.ToCursor()));
    }

    /// <summary>The contact's own conversations, then those of the contacts that it has taken in.</summary>
    private async Task<(List<Conversation> Page, Place? Next)> PageAsync(
        Caller caller, Contact contact, Place place, int limit, CancellationToken cancellationToken)
    {
        var page = new List<Conversation>();
        ContactId[] ids = [.. contact.All];
        while (place.Contact < ids.Length)
        {
            IReadOnlyList<Conversation> read = await contacts.ListConversationsAsync(caller.Workspace, ids[place.Contact], place.Before, limit, cancellationToken);
            foreach (Conversation conversation in read)
            {
                if (page.Count == limit) return (page, place);
                place = place with { Before = conversation.Id.Number };
                if (await channels.FindOfRecordAsync(caller, conversation.Channel, cancellationToken) is not null) page.Add(conversation);
            }
            if (read.Count == 0 || place.Before <= 1) place = new Place(place.Contact + 1, Place.Newest);
        }
        return (page, null);
    }

    /// <param name="Contact">Which of the contact's ids.</param>
    /// <param name="Before">Conversations with a smaller number come next.</param>
    private sealed record Place(int Contact, int Before)
    {
        public const int Newest = ConversationId.MaximumNumber + 1;

        public string ToCursor() => Cursors.Encode($"{Contact}:{Before}");

        /// <returns>Null if the cursor is none of ours.</returns>
        public static Place? Of(string? cursor)
        {
            if (cursor is null) return new Place(0, Newest);
            try
            {
                string[] parts = Cursors.Decode(cursor).Split(':');
                return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int contact)
                    && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int before) && before is > 0 and <= Newest
                    ? new Place(contact, before)
                    : null;
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }
}
