using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>The table <c>Audit</c>: <c>{workspace}|{newest first}:{id}</c>.</summary>
internal sealed class TableAuditLog(Tables tables) : IAuditLog
{
    private const string Actor = "Actor";
    private const string Action = "Action";

    private readonly TableClient _table = tables.Audit;

    public async Task OpenAsync(AuditEntry line, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(Row(line), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            // The same line, written by an earlier try of this request to the storage.
        }
    }

    // Nobody else ever writes this line.
    public Task CompleteAsync(AuditEntry line, CancellationToken cancellationToken) =>
        _table.UpdateEntityAsync(Row(line), ETag.All, TableUpdateMode.Replace, cancellationToken);

    public Task WithdrawAsync(AuditEntry line, CancellationToken cancellationToken) =>
        _table.DeleteEntityAsync(line.Workspace.Value, Key(line), ETag.All, cancellationToken);

    public async Task<PageOf<AuditEntry>> ListAsync(
        WorkspaceId workspace, AuditFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        // Newest first: what is later has the smaller key.
        string from = cursor is null ? filter.To is { } to ? Place(to) + ";" : "0" : Position(cursor);
        string end = filter.From is { } since ? Place(since) + ";" : "9";
        string query = TableClient.CreateQueryFilter($"PartitionKey eq {workspace.Value} and RowKey gt {from} and RowKey lt {end}");
        if (filter.Actor is { } actor) query += TableClient.CreateQueryFilter($" and Actor eq {actor}");
        if (filter.Action is { } action) query += TableClient.CreateQueryFilter($" and Action eq {action}");
        var found = new List<TableEntity>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(query, maxPerPage: limit + 1, cancellationToken: cancellationToken))
        {
            found.Add(row);
            if (found.Count > limit) break;
        }
        string? next = found.Count > limit ? Cursors.Encode(found[limit - 1].RowKey) : null;
        return new PageOf<AuditEntry>([.. found.Take(limit).Select(RowDocument.Read<AuditEntry>)], next);
    }

    private static TableEntity Row(AuditEntry line)
    {
        TableEntity row = RowDocument.ToRow(line.Workspace.Value, Key(line), line);
        row[Actor] = line.Actor.Id ?? "";
        row[Action] = line.Action;
        return row;
    }

    private static string Key(AuditEntry line) => $"{Place(line.At)}:{line.Id}";

    private static string Place(DateTimeOffset at) => Base32.Padded(DateTimeOffset.MaxValue.UtcTicks - at.UtcTicks, 19);

    private static string Position(string cursor)
    {
        string position = Cursors.Decode(cursor);
        return position.Length > 20 && position[19] == ':' && position.AsSpan(0, 19).IndexOfAnyExceptInRange('0', '9') < 0
            ? position
            : throw new FormatException("Not a cursor of this list.");
    }
}
