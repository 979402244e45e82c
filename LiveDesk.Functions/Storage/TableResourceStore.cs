using System.Collections.Concurrent;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// Small documents in the table <c>Desk</c>: <c>{kind}:{id}</c> holds one; <c>{kind}-name:{name}</c> keeps its unique name, written in the same
/// transaction.
/// </summary>
internal sealed class TableResourceStore<T>(Tables tables, TimeProvider time) : IResourceStore<T> where T : class, IResource
{
    /// <summary>How long another host may still see a document as it was; every message asks for the workflows, so it is not shorter.</summary>
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(30);

    private readonly TableClient _table = tables.Desk;
    private readonly ConcurrentDictionary<WorkspaceId, (IReadOnlyList<T> Values, DateTimeOffset Until)> _cache = new();

    public async Task<IReadOnlyList<Stored<T>>> ListAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        string prefix = RowKey("");
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {workspace.Value} and RowKey ge {prefix} and RowKey lt {Keys.EndOf(prefix)}");
        var found = new List<Stored<T>>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) found.Add(Read(row));
        return found;
    }

    public async Task<IReadOnlyList<T>> ListRecentAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(workspace, out var cached) && cached.Until > time.GetUtcNow()) return cached.Values;
        T[] values = [.. (await ListAsync(workspace, cancellationToken)).Select(s => s.Value)];
        _cache[workspace] = (values, time.GetUtcNow() + CacheTime);
        return values;
    }

    public async Task<Stored<T>?> FindAsync(WorkspaceId workspace, string id, CancellationToken cancellationToken)
    {
        if (!ResourceId.IsPlausible(id)) return null;
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(workspace.Value, RowKey(id), cancellationToken: cancellationToken);
        return row.HasValue ? Read(row.Value!) : null;
    }

    public async Task<Stored<T>?> AddAsync(T value, CancellationToken cancellationToken)
    {
        var actions = new List<TableTransactionAction> { new(TableTransactionActionType.Add, Row(value)) };
        if (value.UniqueName is { } name) actions.Add(new(TableTransactionActionType.Add, NameRow(value, name)));
        return await SubmitAsync(value, actions, cancellationToken) is { } version ? new Stored<T>(value, version) : null;
    }

    public async Task<ReplaceResult<T>> ReplaceAsync(Stored<T> read, T next, CancellationToken cancellationToken)
    {
        var actions = new List<TableTransactionAction> { new(TableTransactionActionType.UpdateReplace, Row(next), new ETag(read.Version)) };
        bool renamed = NameKey(read.Value.UniqueName) != NameKey(next.UniqueName);
        if (renamed && read.Value.UniqueName is { } old) actions.Add(new(TableTransactionActionType.Delete, NameRow(next, old), ETag.All));
        if (renamed && next.UniqueName is { } name) actions.Add(new(TableTransactionActionType.Add, NameRow(next, name)));
        if (await SubmitAsync(next, actions, cancellationToken) is { } version) return new ReplaceResult<T>(new Stored<T>(next, version), false);
        Stored<T>? now = renamed ? await FindAsync(next.Workspace, next.Id, cancellationToken) : null;
        return new ReplaceResult<T>(null, NameTaken: now is not null && now.Version == read.Version);
    }

    public async Task<bool> DeleteAsync(Stored<T> read, CancellationToken cancellationToken)
    {
        var actions = new List<TableTransactionAction> { new(TableTransactionActionType.Delete, Row(read.Value), new ETag(read.Version)) };
        if (read.Value.UniqueName is { } name) actions.Add(new(TableTransactionActionType.Delete, NameRow(read.Value, name), ETag.All));
        return await SubmitAsync(read.Value, actions, cancellationToken) is not null;
    }

    /// <returns>The version of the document; null if anything in the transaction was not as expected.</returns>
    private async Task<string?> SubmitAsync(T value, List<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        try
        {
            Response<IReadOnlyList<Response>> done = await _table.SubmitTransactionAsync(actions, cancellationToken);
            _cache.TryRemove(value.Workspace, out _);
            return done.Value[0].Headers.ETag?.ToString() ?? "";
        }
        catch (TableTransactionFailedException e) when (e.Status is 404 or 409 or 412)
        {
            return null;
        }
    }

    private static Stored<T> Read(TableEntity row) => new(RowDocument.Read<T>(row), row.ETag.ToString());

    private static TableEntity Row(T value) => RowDocument.ToRow(value.Workspace.Value, RowKey(value.Id), value);

    private static TableEntity NameRow(T value, string name) => new(value.Workspace.Value, $"{T.Kind}-name:{NameKey(name)}") { ["Id"] = value.Id };

    private static string? NameKey(string? name) => name is null ? null : Keys.Safe(name.Trim().ToUpperInvariant());

    private static string RowKey(string id) => $"{T.Kind}:{id}";
}
