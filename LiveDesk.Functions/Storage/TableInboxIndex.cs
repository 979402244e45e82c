using System.Globalization;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// All lists of a workspace in one partition of the table <c>Inbox</c>, a row per list and conversation, so that one entity-group
/// transaction moves a conversation in all of them. A row <c>at|{conversation}</c> says where the conversation stands; it mends the lists
/// after a crash and keeps an older place from replacing a newer one.
/// </summary>
internal sealed class TableInboxIndex(Tables tables) : IInboxIndex
{
    private const int Attempts = 10;

    // Rows count down from the largest millisecond count that 15 digits hold, so that the newest stands first.
    private const long Latest = 999_999_999_999_999;

    private readonly TableClient _table = tables.Inbox;

    public async Task MoveAsync(WorkspaceId workspace, InboxPlace? before, InboxEntry after, CancellationToken cancellationToken)
    {
        // The usual way: what the caller knows is what the index holds, and every row gets a new key, which the table then guards.
        bool newKeys = before?.Activity != after.Place.Activity;
        if (newKeys && await SubmitAsync(Move(workspace, before, null, after), cancellationToken)) return;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            NullableResponse<TableEntity> stored = await _table.GetEntityIfExistsAsync<TableEntity>(
                workspace.Value, At(after.Conversation), cancellationToken: cancellationToken);
            InboxPlace? place = stored.HasValue ? RowDocument.Read<InboxPlace>(stored.Value!) : null;
            if (place?.Version > after.Place.Version) return;
            if (await SubmitAsync(Move(workspace, place, stored.HasValue ? stored.Value!.ETag : null, after), cancellationToken)) return;
        }
        throw new InvalidOperationException($"The lists of workspace {workspace} do not take {after.Conversation}.");
    }

    public async Task<PageOf<InboxItem>> ListAsync(WorkspaceId workspace, string view, int limit, string? cursor, CancellationToken cancellationToken)
    {
        string from = cursor is null ? view + "|" : $"{view}|{Position(cursor)}";
        string filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {workspace.Value} and RowKey gt {from} and RowKey lt {view + "|:"}");
        FirstRows page = await _table.FirstRowsAsync(filter, limit, cancellationToken);
        string? next = page.More ? Cursors.Encode(page.Rows[^1].RowKey[(view.Length + 1)..]) : null;
        return new PageOf<InboxItem>([.. page.Rows.Select(RowDocument.Read<InboxItem>)], next);
    }

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

    /// <param name="version">Of the place row; null: it must not exist if there was no place, and is overwritten if there was.</param>
    private static List<TableTransactionAction> Move(WorkspaceId workspace, InboxPlace? from, ETag? version, InboxEntry to)
    {
        string[] next = [.. RowKeys(to.Place, to.Conversation)];
        string[] previous = from is null ? [] : [.. RowKeys(from, to.Conversation)];
        var actions = new List<TableTransactionAction>();
        foreach (string gone in previous.Except(next))
            actions.Add(new TableTransactionAction(TableTransactionActionType.Delete, new TableEntity(workspace.Value, gone), ETag.All));
        foreach (string key in next)
        {
            TableEntity row = RowDocument.ToRow(workspace.Value, key, to.Item);
            actions.Add(new TableTransactionAction(
                previous.Contains(key) ? TableTransactionActionType.UpdateReplace : TableTransactionActionType.Add, row, ETag.All));
        }
        TableEntity at = RowDocument.ToRow(workspace.Value, At(to.Conversation), to.Place);
        actions.Add(from is null
            ? new TableTransactionAction(TableTransactionActionType.Add, at)
            : new TableTransactionAction(TableTransactionActionType.UpdateReplace, at, version ?? ETag.All));
        return actions;
    }

    private static string At(ConversationId conversation) => $"at|{conversation}";

    private static string Position(string cursor)
    {
        string position = Cursors.Decode(cursor);
        return position.Length > 16 && position[15] == '|' && position.AsSpan(0, 15).IndexOfAnyExceptInRange('0', '9') < 0
            && ConversationId.TryParse(position[16..], out _)
            ? position
            : throw new FormatException("Not a cursor of this list.");
    }

    private static IEnumerable<string> RowKeys(InboxPlace place, ConversationId conversation)
    {
        string position = (Latest - place.Activity.ToUnixTimeMilliseconds()).ToString("D15", CultureInfo.InvariantCulture);
        return place.Views.Select(view => $"{view}|{position}|{conversation}");
    }
}
