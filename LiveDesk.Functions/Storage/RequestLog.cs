using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>A POST that came with an idempotency key.</summary>
/// <param name="Id">Of workspace, caller, path and key.</param>
/// <param name="Fingerprint">Of query and body.</param>
/// <param name="Seed">Of the random numbers it runs with.</param>
/// <param name="StartedAt">When it was last begun.</param>
/// <param name="Answer">Null while it runs, or if it died.</param>
internal sealed record LoggedRequest(
    WorkspaceId Workspace, string Id, string Fingerprint, string Seed, DateTimeOffset StartedAt, LoggedAnswer? Answer = null)
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public DateTimeOffset CreatedAt { get; init; } = StartedAt;

    public DateTimeOffset ExpiresAt => CreatedAt + Kept;
}

/// <param name="ProtectedBody">Encrypted.</param>
internal sealed record LoggedAnswer(int Status, IReadOnlyDictionary<string, string> Headers, string ProtectedBody);

/// <summary>The table <c>Requests</c>: <c>{workspace}|{id}</c>, swept once they are a day old.</summary>
internal sealed class RequestLog(Tables tables)
{
    private const string ExpiresAt = "ExpiresAt";

    private readonly TableClient _table = tables.Requests;

    /// <returns>Null if there is one already.</returns>
    public async Task<Stored<LoggedRequest>?> AddAsync(LoggedRequest request, CancellationToken cancellationToken)
    {
        try
        {
            Response added = await _table.AddEntityAsync(Row(request), cancellationToken);
            return new Stored<LoggedRequest>(request, added.Headers.ETag!.Value.ToString());
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    public async Task<Stored<LoggedRequest>?> FindAsync(WorkspaceId workspace, string id, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(workspace.Value, id, cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    /// <returns>Null if somebody else has changed it.</returns>
    public async Task<Stored<LoggedRequest>?> ReplaceAsync(Stored<LoggedRequest> read, LoggedRequest next, CancellationToken cancellationToken)
    {
        try
        {
            Response replaced = await _table.UpdateEntityAsync(Row(next), new ETag(read.Version), TableUpdateMode.Replace, cancellationToken);
            return new Stored<LoggedRequest>(next, replaced.Headers.ETag!.Value.ToString());
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    public async Task DeleteAsync(Stored<LoggedRequest> read, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(read.Value.Workspace.Value, read.Value.Id, new ETag(read.Version), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Gone, or somebody else's by now.
        }
    }

    public IAsyncEnumerable<Stored<LoggedRequest>> ListExpiredAsync(DateTimeOffset at, CancellationToken cancellationToken) =>
        ReadAsync(TableClient.CreateQueryFilter($"ExpiresAt le {at}"), cancellationToken);

    private async IAsyncEnumerable<Stored<LoggedRequest>> ReadAsync(string filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) yield return Read(row);
    }

    private static TableEntity Row(LoggedRequest request)
    {
        TableEntity row = RowDocument.ToRow(request.Workspace.Value, request.Id, request);
        row[ExpiresAt] = request.ExpiresAt;
        return row;
    }

    private static Stored<LoggedRequest> Read(TableEntity row) => new(RowDocument.Read<LoggedRequest>(row), row.ETag.ToString());
}
