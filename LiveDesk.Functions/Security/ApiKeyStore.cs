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
internal sealed record ApiKey(string Id, WorkspaceId Workspace, string Name, Role Role, AgentId? Agent, string Prefix, DateTimeOffset CreatedAt);

/// <summary>
/// API keys in the desk partition, found by the hash of the secret; the secret itself is told once and stored nowhere. A key has 160 random
/// bits, so a plain hash is enough. Known keys are cached for a few seconds.
/// </summary>
internal sealed class ApiKeyStore(Tables tables, IRandomSource random, TimeProvider time)
{
    private const string SecretPrefix = "ldk_";
    private const string RowPrefix = "key:";

    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<(WorkspaceId, string), (ApiKey Key, DateTimeOffset Until)> _cache = new();

    public async Task<ApiKey?> FindAsync(WorkspaceId workspace, string secret, CancellationToken cancellationToken)
    {
        if (!secret.StartsWith(SecretPrefix, StringComparison.Ordinal)) return null;
        string hash = Hash(secret);
        if (_cache.TryGetValue((workspace, hash), out var cached) && cached.Until > time.GetUtcNow()) return cached.Key;
        NullableResponse<TableEntity> row = await tables.Desk.GetEntityIfExistsAsync<TableEntity>(
            workspace.Value, RowPrefix + hash, cancellationToken: cancellationToken);
        if (!row.HasValue) return null;
        ApiKey key = RowDocument.Read<ApiKey>(row.Value!);
        _cache[(workspace, hash)] = (key, time.GetUtcNow() + CacheTime);
        return key;
    }

    /// <returns>The key and its secret, which is never told again.</returns>
    public async Task<(ApiKey Key, string Secret)> CreateAsync(
        WorkspaceId workspace, string name, Role role, AgentId? agent, CancellationToken cancellationToken)
    {
        string secret = SecretPrefix + Base32.Encode(random.Bytes(20));
        var key = new ApiKey($"key_{Base32.Encode(random.Bytes(10))}", workspace, name, role, agent, secret[..8], time.GetUtcNow());
        await tables.Desk.AddEntityAsync(RowDocument.ToRow(workspace.Value, RowPrefix + Hash(secret), key), cancellationToken);
        return (key, secret);
    }

    private static string Hash(string secret) => Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
