using System.Globalization;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Messages;
using LiveDesk.Functions.Files;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

/// <summary>
/// Looks for words in all that was said with a contact, in all conversations, newest first. So many messages are read for one page, and the cursor
/// goes on from there: a page may be short, or empty, and not be the last.
/// </summary>
internal sealed class SearchContactMessages(ContactAnswers answers, IContactStore contacts, ChannelAccess channels, FileLinks links)
{
    private const int MaximumQuery = 100;
    private const int Batch = 200;
    private const int MostBatches = 10;

    [Function(nameof(SearchContactMessages)), Operation(Role.Agent), Answers(200, typeof(ListView<MessageView>))]
    [Query("q", "Words of the text, or of a file's name; upper and lower case are one. Required.")]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Contact + "/messages")] HttpRequestData request, string contactId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ContactSnapshot> found = await answers.LoadAsync(caller.Workspace, contactId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        string query = (request.Query["q"] ?? "").Trim();
        if (query.Length is 0 or > MaximumQuery) return await request.ProblemAsync(Refusal.Malformed("q", $"1 to {MaximumQuery} characters."));
        ContactId[] ids = [.. found.Value.State.Contact!.All];
        if (Place.Of(paging.Value.Cursor, ids) is not { } place) return await request.ProblemAsync(Refusal.Malformed("cursor", "Not a cursor of this list."));
        (List<Message> page, Place? next) = await PageAsync(caller, ids, place, query, paging.Value.Limit, cancellationToken);
        return await request.JsonAsync(new ListView<MessageView>([.. page.Select(m => MessageView.Of(m, links))], next?.ToCursor()));
    }

    private async Task<(List<Message> Page, Place? Next)> PageAsync(
        Caller caller, ContactId[] ids, Place place, string query, int limit, CancellationToken cancellationToken)
    {
        var page = new List<Message>();
        for (int batches = 0; place.Contact < ids.Length; batches++)
        {
            if (page.Count == limit || batches == MostBatches) return (page, place);
            if (place.Conversation is not { } conversation)
            {
                place = await NextAsync(caller, ids[place.Contact], place, cancellationToken);
                continue;
            }
            IReadOnlyList<Message> read = await contacts.ListMessagesAsync(caller.Workspace, conversation, place.Before, Batch, cancellationToken);
            foreach (Message message in read.Reverse())
            {
                if (page.Count == limit) return (page, place);
                place = place with { Before = message.Id };
                if (Says(message, query)) page.Add(message);
            }
            if (read.Count < Batch) place = place with { Conversation = null, Before = null };
        }
        return (page, null);
    }

    /// <summary>On to the next older conversation that the caller may see, or to the next contact that this one has taken in.</summary>
    private async Task<Place> NextAsync(Caller caller, ContactId contact, Place place, CancellationToken cancellationToken)
    {
        IReadOnlyList<Conversation> older = await contacts.ListConversationsAsync(caller.Workspace, contact, place.Number, 1, cancellationToken);
        if (older.Count == 0) return new Place(place.Contact + 1, Place.Newest, null, null);
        bool visible = await channels.FindOfRecordAsync(caller, older[0].Channel, cancellationToken) is not null;
        return place with { Number = older[0].Id.Number, Conversation = visible ? older[0].Id : null };
    }

    private static bool Says(Message message, string query) =>
        message.Direction != MessageDirection.Event
        && (message.Content.Text?.Contains(query, StringComparison.OrdinalIgnoreCase) == true
            || message.Content.Attachments.Any(a => a.FileName?.Contains(query, StringComparison.OrdinalIgnoreCase) == true));

    /// <param name="Contact">Which of the contact's ids.</param>
    /// <param name="Number">Conversations with a smaller number come after the one that is read.</param>
    /// <param name="Conversation">The one that is read; null: the next is to be found.</param>
    /// <param name="Before">Messages before this one come next; null: from the newest on.</param>
    private sealed record Place(int Contact, int Number, ConversationId? Conversation, MessageId? Before)
    {
        public const int Newest = ConversationId.MaximumNumber + 1;

        public string ToCursor() => Cursors.Encode($"messages:{Contact}:{Number}:{Conversation?.Value}:{Before?.Value}");

        /// <returns>Null if the cursor is none of this contact's.</returns>
        public static Place? Of(string? cursor, ContactId[] ids)
        {
            if (cursor is null) return new Place(0, Newest, null, null);
            try
            {
                string[] parts = Cursors.Decode(cursor).Split(':');
                if (parts is not ["messages", var first, var second, var third, var fourth]
                    || !int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int contact) || contact >= ids.Length
                    || !int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out int number) || number is < 1 or > Newest) return null;
                ConversationId conversation = default;
                MessageId before = default;
                if (third.Length > 0 && (!ConversationId.TryParse(third, out conversation) || conversation.Contact != ids[contact])) return null;
                if (fourth.Length > 0 && (!MessageId.TryParse(fourth, out before) || before.Conversation != conversation)) return null;
                return new Place(contact, number, third.Length > 0 ? conversation : null, fourth.Length > 0 ? before : null);
            }
            catch (FormatException)
            {
                return null;
            }
        }
    }
}
