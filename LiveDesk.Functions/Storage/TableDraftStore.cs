using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>The table <c>Drafts</c>: <c>{workspace}|{upload}</c>. It holds unused uploads only, so that looking through all of it is cheap.</summary>
internal sealed class TableDraftStore(Tables tables) : IDraftStore
{
    private const string ExpiresAt = "ExpiresAt";

    private readonly TableClient _table = tables.Drafts;

    public async Task<bool> AddAsync(Draft draft, CancellationToken cancellationToken)
    {
        try
        {
            await _table.AddEntityAsync(Row(draft), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return false;
        }
    }

    public async Task<DraftSnapshot?> FindAsync(WorkspaceId workspace, UploadId id, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(workspace.Value, id.Value, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    public async Task<DraftSnapshot?> ReplaceAsync(DraftSnapshot read, Draft next, CancellationToken cancellationToken)
    {
        try
        {
            Response replaced = await _table.UpdateEntityAsync(Row(next), new ETag(read.Version), TableUpdateMode.Replace, cancellationToken);
            return new DraftSnapshot(next, replaced.Headers.ETag!.Value.ToString());
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(DraftSnapshot read, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(read.Draft.Workspace.Value, read.Draft.Id.Value, new ETag(read.Version), cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return true;
        }
    }

    public async IAsyncEnumerable<DraftSnapshot> ListExpiredAsync(DateTimeOffset at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string filter = TableClient.CreateQueryFilter($"ExpiresAt le {at}");
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) yield return Read(row);
    }

    private static TableEntity Row(Draft draft)
    {
        TableEntity row = RowDocument.ToRow(draft.Workspace.Value, draft.Id.Value, draft);
        row[ExpiresAt] = draft.ExpiresAt;
        return row;
    }

    private static DraftSnapshot Read(TableEntity row) => new(RowDocument.Read<Draft>(row), row.ETag.ToString());
}
