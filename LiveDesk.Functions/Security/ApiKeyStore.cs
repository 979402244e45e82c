using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;

namespace LiveDesk.Functions.Security;

/// <summary>An API key without its secret.</summary>
/// <param name="Agent">The person the key speaks for; null for an integration.</param>
/// <param name="Prefix">The first characters of the secret, by which people tell keys apart.</param>
/// <param name="Hash">Of the secret; the row is found by it.</param>
/// <param name="FollowsAgent">The role is the person's, whatever it becomes; else it was given to the key, and is at most the person's.</param>
internal sealed record ApiKey(
    string Id, WorkspaceId Workspace, string Name, Role Role, AgentId? Agent, string Prefix, DateTimeOffset CreatedAt, string Hash,
    bool FollowsAgent = false) : IResource
{
    public static string Kind => "key";
}

/// <summary>
/// API keys in the desk partition (<c>key:{hash}</c>), found by the hash of the secret; the secret itself is told once and stored nowhere. A key has
/// 160 random bits, so a plain hash is enough. Known keys are cached for a few seconds: that long another host may still take a key that was revoked.
/// When a key was last used stands in a row of its own (<c>key-used:{id}</c>), so that using a key does not change it.
/// </summary>
internal sealed class ApiKeyStore(Tables tables, IRandomSource random, TimeProvider time) : IResourceStore<ApiKey>, IAgentKeys
{
    private const string SecretPrefix = "ldk_";
    private const string RowPrefix = "key:";
    private const string UsedPrefix = "key-used:";
    private const string UsedAt = "At";

    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(10);

    /// <summary>How coarse the time of last use is, to spare writes.</summary>
    private static readonly TimeSpan UsedStep = TimeSpan.FromMinutes(5);

    private readonly TableClient _table = tables.Desk;
    private readonly ConcurrentDictionary<(WorkspaceId, string), (ApiKey Key, DateTimeOffset Until)> _cache = new();
    private readonly ConcurrentDictionary<(WorkspaceId, string), DateTimeOffset> _used = new();

    /// <summary>The key that a caller shows, if there is one.</summary>
    public async Task<ApiKey?> AuthenticateAsync(WorkspaceId workspace, string secret, CancellationToken cancellationToken)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal)) return null;
        string hash = HashOf(secret);
        if (await FindByHashAsync(workspace, hash, cancellationToken) is not { } key) return null;
        await TouchAsync(key, cancellationToken);
        return key;
    }

    /// <returns>The key and its secret, which is never told again. The same again where a repeated request draws the same secret.</returns>
    public async Task<(Stored<ApiKey> Key, string Secret)> CreateAsync(
        WorkspaceId workspace, string name, Role role, AgentId? agent, bool followsAgent, CancellationToken cancellationToken)
    {
        string secret = SecretPrefix + Base32.Encode(random.Bytes(20));
        var key = new ApiKey(
            $"key_{Base32.Encode(random.Bytes(10))}", workspace, name, role, agent, secret[..8], time.GetUtcNow(), HashOf(secret), followsAgent);
        return (await AddAsync(key, cancellationToken) ?? (await FindAsync(workspace, key.Id, cancellationToken))!, secret);
    }

    public async Task<IReadOnlyList<Stored<ApiKey>>> ListAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var keys = new List<Stored<ApiKey>>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(Range(workspace, RowPrefix), cancellationToken: cancellationToken))
            keys.Add(new Stored<ApiKey>(RowDocument.Read<ApiKey>(row), row.ETag.ToString()));
        return [.. keys.OrderBy(k => k.Value.Id, StringComparer.Ordinal)];
    }

    public async Task<IReadOnlyList<ApiKey>> ListRecentAsync(WorkspaceId workspace, CancellationToken cancellationToken) =>
        [.. (await ListAsync(workspace, cancellationToken)).Select(s => s.Value)];

    /// <summary>A workspace has few keys, and they are looked at by id when people manage them only.</summary>
    public async Task<Stored<ApiKey>?> FindAsync(WorkspaceId workspace, string id, CancellationToken cancellationToken) =>
        (await ListAsync(workspace, cancellationToken)).FirstOrDefault(k => k.Value.Id == id);

    public async Task<Stored<ApiKey>?> AddAsync(ApiKey value, CancellationToken cancellationToken)
    {
        try
        {
            Response added = await _table.AddEntityAsync(Row(value), cancellationToken);
            return new Stored<ApiKey>(value, added.Headers.ETag!.Value.ToString());
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            return null;
        }
    }

    public async Task<ReplaceResult<ApiKey>> ReplaceAsync(Stored<ApiKey> read, ApiKey next, CancellationToken cancellationToken)
    {
        try
        {
            Response replaced = await _table.UpdateEntityAsync(Row(next), new ETag(read.Version), TableUpdateMode.Replace, cancellationToken);
            _cache.TryRemove((next.Workspace, next.Hash), out _);
            return new ReplaceResult<ApiKey>(new Stored<ApiKey>(next, replaced.Headers.ETag!.Value.ToString()), false);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return new ReplaceResult<ApiKey>(null, false);
        }
    }

    public async Task<bool> DeleteAsync(Stored<ApiKey> read, CancellationToken cancellationToken)
    {
        ApiKey key = read.Value;
        try
        {
            await _table.DeleteEntityAsync(key.Workspace.Value, RowPrefix + key.Hash, new ETag(read.Version), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return false;
        }
        _cache.TryRemove((key.Workspace, key.Hash), out _);
        await _table.DeleteEntityAsync(key.Workspace.Value, UsedPrefix + key.Id, ETag.All, cancellationToken);
        return true;
    }

    public async Task RevokeOfAsync(WorkspaceId workspace, AgentId agent, CancellationToken cancellationToken)
    {
        foreach (Stored<ApiKey> key in await ListAsync(workspace, cancellationToken))
        {
            Stored<ApiKey>? read = key;
            while (read?.Value.Agent == agent && !await DeleteAsync(read, cancellationToken)) read = await FindAsync(workspace, key.Value.Id, cancellationToken);
        }
    }

    /// <summary>Keys that follow the person get the person's role; no other key may do more than it.</summary>
    public async Task FollowAsync(WorkspaceId workspace, AgentId agent, Role role, CancellationToken cancellationToken)
    {
        foreach (Stored<ApiKey> key in await ListAsync(workspace, cancellationToken))
        {
            Stored<ApiKey>? read = key;
            while (read?.Value.Agent == agent && (read.Value.Role > role || (read.Value.FollowsAgent && read.Value.Role != role))
                && (await ReplaceAsync(read, read.Value with { Role = role }, cancellationToken)).Saved is null)
                read = await FindAsync(workspace, key.Value.Id, cancellationToken);
        }
    }

    /// <summary>By the keys' ids, to within some minutes.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> UsesAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var uses = new Dictionary<string, DateTimeOffset>();
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(Range(workspace, UsedPrefix), cancellationToken: cancellationToken))
            if (row.GetDateTimeOffset(UsedAt) is { } at) uses[row.RowKey[UsedPrefix.Length..]] = at;
        return uses;
    }

    private async Task<ApiKey?> FindByHashAsync(WorkspaceId workspace, string hash, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue((workspace, hash), out var cached) && cached.Until > time.GetUtcNow()) return cached.Key;
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(workspace.Value, RowPrefix + hash, cancellationToken: cancellationToken);
        if (!row.HasValue) return null;
        ApiKey key = RowDocument.Read<ApiKey>(row.Value!);
        _cache[(workspace, hash)] = (key, time.GetUtcNow() + CacheTime);
        return key;
    }

    private async Task TouchAsync(ApiKey key, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_used.TryGetValue((key.Workspace, key.Id), out DateTimeOffset last) && now - last < UsedStep) return;
        _used[(key.Workspace, key.Id)] = now;
        await _table.UpsertEntityAsync(
            new TableEntity(key.Workspace.Value, UsedPrefix + key.Id) { [UsedAt] = now }, TableUpdateMode.Replace, cancellationToken);
    }

    private static TableEntity Row(ApiKey key) => RowDocument.ToRow(key.Workspace.Value, RowPrefix + key.Hash, key);

    private static string Range(WorkspaceId workspace, string prefix) => TableClient.CreateQueryFilter(
        $"PartitionKey eq {workspace.Value} and RowKey ge {prefix} and RowKey lt {Keys.EndOf(prefix)}");

    private static string HashOf(string secret) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
