using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// The partition <c>{workspace}:contacts</c> of the table <c>Inbox</c>: a row per word of the name, number, tag and contact, each with the contact
/// itself, and a row <c>at|{contact}</c> that says which rows there are.
/// </summary>
internal sealed class TableContactIndex(Tables tables) : IContactIndex
{
    private const int Attempts = 10;
    private const int MostWords = 6;
    private const int MostTags = 40;

    /// <summary>How much is read for one page of a narrowed search: 2,000 rows.</summary>
    private const int MostReads = 10;
    private const int Batch = 200;
    private const long Latest = 999_999_999_999_999;

    private readonly TableClient _table = tables.Inbox;

    public async Task PutAsync(Contact contact, bool isNew, CancellationToken cancellationToken)
    {
        string partition = Partition(contact.Workspace);
        var place = new Place(contact.NextSequence, [.. Keys(contact)]);
        if (isNew && await SubmitAsync(Changes(partition, contact, place, null, null), cancellationToken)) return;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            NullableResponse<TableEntity> stored = await _table.GetEntityIfExistsAsync<TableEntity>(
                partition, At(contact.Id), cancellationToken: cancellationToken);
            Place? known = stored.HasValue ? RowDocument.Read<Place>(stored.Value!) : null;
            if (known?.Version > place.Version) return;
            if (await SubmitAsync(Changes(partition, contact, place, known, stored.HasValue ? stored.Value!.ETag : null), cancellationToken)) return;
        }
        throw new InvalidOperationException($"The index of contacts does not take {contact.Id}.");
    }

    public async Task<PageOf<Contact>> ListAsync(
        WorkspaceId workspace, ContactSearch? search, int limit, string? cursor, CancellationToken cancellationToken)
    {
        string prefix = search switch
        {
            null => "all|",
            { Kind: ContactSearchKind.Name } => $"name|{Word(search.Text)}",
            { Kind: ContactSearchKind.Number } => $"number|{search.Text}",
            _ => $"tag|{Uri.EscapeDataString(search.Text)}|",
        };
        string from = cursor is null ? prefix : Cursors.Decode(cursor);
        if (!from.StartsWith(prefix, StringComparison.Ordinal)) throw new FormatException("Not a cursor of this list.");
        var found = new List<Contact>(limit);
        for (int read = 0; read < MostReads; read++)
        {
            string filter = TableClient.CreateQueryFilter(
                $"PartitionKey eq {Partition(workspace)} and RowKey gt {from} and RowKey lt {prefix + "\uffff"}");
            FirstRows page = await _table.FirstRowsAsync(filter, search is { IsNarrowed: true } ? Batch : limit, cancellationToken);
            foreach ((int index, TableEntity row) in page.Rows.Index())
            {
                from = row.RowKey;
                Contact contact = RowDocument.Read<Contact>(row);
                if (search?.Wants(contact) == false || !IsFirst(contact, row.RowKey, prefix)) continue;
                found.Add(contact);
                if (found.Count == limit) return new PageOf<Contact>(found, page.More || index < page.Rows.Count - 1 ? Cursors.Encode(from) : null);
            }
            if (!page.More) return new PageOf<Contact>(found, null);
        }
        return new PageOf<Contact>(found, Cursors.Encode(from));
    }

    /// <summary>Two words of one name may begin alike, even on two pages; the contact is given at the first.</summary>
    private static bool IsFirst(Contact contact, string key, string prefix) =>
        Keys(contact).Where(k => k.StartsWith(prefix, StringComparison.Ordinal)).Min(StringComparer.Ordinal) == key;

    private async Task<bool> SubmitAsync(List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return false;
        }
    }

    private static List<TableTransactionAction> Changes(string partition, Contact contact, Place next, Place? known, ETag? version)
    {
        var actions = new List<TableTransactionAction>();
        foreach (string gone in known?.Keys.Except(next.Keys) ?? [])
            actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(partition, gone), ETag.All));
        foreach (string key in next.Keys)
            actions.Add(new TableTransactionAction(TableTransactionActionType.UpsertReplace, RowDocument.ToRow(partition, key, contact)));
        TableEntity at = RowDocument.ToRow(partition, At(contact.Id), next);
        actions.Add(known is null
            ? new TableTransactionAction(TableTransactionActionType.Add, at)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, at, version!.Value));
        return actions;
    }

    private static IEnumerable<string> Keys(Contact contact)
    {
        if (contact.IsErased) yield break;
        string created = (Latest - contact.CreatedAt.ToUnixTimeMilliseconds()).ToString("D15", CultureInfo.InvariantCulture);
        yield return $"all|{created}|{contact.Id}";
        if (contact.MergedInto is not null) yield break;
        foreach (string word in (contact.Name ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(MostWords).Select(Word).Distinct())
            yield return $"name|{word}|{contact.Id}";
        foreach (string digits in contact.Identities.Select(i => i.Number?.Digits).OfType<string>().Distinct())
            yield return $"number|{digits}|{contact.Id}";
        foreach (string tag in contact.Tags.Take(MostTags)) yield return $"tag|{Uri.EscapeDataString(tag)}|{contact.Id}";
    }

    /// <summary>Lower case, escaped so that every letter may stand in a key.</summary>
    private static string Word(string text) => Uri.EscapeDataString(text.Length > 40 ? text[..40].ToLowerInvariant() : text.ToLowerInvariant());

    private static string Partition(WorkspaceId workspace) => $"{workspace}:contacts";

    private static string At(ContactId contact) => $"at|{contact}";

    private sealed record Place(long Version, IReadOnlyList<string> Keys);
}
