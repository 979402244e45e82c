using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

/// <summary>All contacts, newest first, or those whose name or number begins with <c>q</c>, or with a <c>tag</c>, or both.</summary>
internal sealed class ListContacts(IContactIndex contacts)
{
    private const int MaximumSearch = 100;

    [Function(nameof(ListContacts)), Operation(Role.Agent), Answers(200, typeof(ListView<ContactView>))]
    [Query("q", "The beginning of a word of the name, or of the number."), Query("tag", "Only with this tag.")]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Contacts)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ContactSearch?> search = Search(request);
        if (search.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        try
        {
            PageOf<Contact> page = await contacts.ListAsync(
                Caller.Of(context).Workspace, search.Value, paging.Value.Limit, paging.Value.Cursor, cancellationToken);
            return await request.JsonAsync(new ListView<ContactView>([.. page.Items.Select(ContactView.Of)], page.NextCursor));
        }
        catch (FormatException)
        {
            return await request.ProblemAsync(Refusal.Malformed("cursor", "Not a cursor of this list."));
        }
    }

    private static Result<ContactSearch?> Search(HttpRequestData request)
    {
        string? query = request.Query["q"]?.Trim();
        string? tag = request.Query["tag"];
        if (query?.Length > MaximumSearch) return Refusal.Malformed("q", $"At most {MaximumSearch} characters.");
        if (tag?.Length > MaximumSearch) return Refusal.Malformed("tag", $"At most {MaximumSearch} characters.");
        if (string.IsNullOrEmpty(tag)) tag = null;
        if (string.IsNullOrEmpty(query)) return new Result<ContactSearch?>(tag is null ? null : new ContactSearch(ContactSearchKind.Tag, tag));
        string digits = query.TrimStart('+').Replace(" ", "", StringComparison.Ordinal);
        return digits.Length > 0 && digits.AsSpan().IndexOfAnyExceptInRange('0', '9') < 0
            ? new Result<ContactSearch?>(new ContactSearch(ContactSearchKind.Number, digits) { Tag = tag })
            : new Result<ContactSearch?>(OfName(query.Split(' ', StringSplitOptions.RemoveEmptyEntries), tag));
    }

    /// <summary>The index finds by one word.</summary>
    private static ContactSearch OfName(string[] words, string? tag) => new(ContactSearchKind.Name, words[0]) { Words = words[1..], Tag = tag };
}
