using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Security;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// The table <c>Channels</c>: <c>{workspace}|{channel}</c> holds a channel with its credentials encrypted, <c>id:{channel}</c> finds its
/// workspace for a webhook, <c>address:{address}</c> keeps a number, service or page from belonging to two channels.
/// </summary>
internal sealed partial class TableChannelDirectory(
    Tables tables, ISecretProtector secrets, IProviderCatalog providers, LiveDeskOptions options, IEventFeed feed, TimeProvider time,
    ILogger<TableChannelDirectory> logger) : IChannelDirectory
{
    private const string LookupKey = "channel";

    /// <summary>How long whoever reserved an address has to store the channel; then its reservation is taken for abandoned.</summary>
    private static readonly TimeSpan ReservationTime = TimeSpan.FromMinutes(1);

    /// <summary>How long another host may still see a channel as it was.</summary>
    private static readonly TimeSpan CacheTime = TimeSpan.FromSeconds(10);

    /// <summary>What was read within this time is not read again for a request that was refused by it.</summary>
    private static readonly TimeSpan ReadAgainAfter = TimeSpan.FromSeconds(1);

    private const int MostGone = 10_000;
    private const int HealthAttempts = 20;

    private readonly TableClient _table = tables.Channels;
    private readonly ConcurrentDictionary<ChannelId, (Channel Channel, DateTimeOffset Until)> _cache = new();

    /// <summary>Deleted channels that conversations still name; an id is never given to another.</summary>
    private readonly ConcurrentDictionary<(WorkspaceId, ChannelId), bool> _gone = new();

    public async Task<Channel?> FindAsync(ChannelId id, CancellationToken cancellationToken)
    {
        if (Cached(id) is { } cached) return cached;
        TableEntity? lookup = await FindRowAsync($"id:{id}", LookupKey, cancellationToken);
        if (lookup is null || !WorkspaceId.TryParse(lookup.GetString("Workspace"), out WorkspaceId workspace)) return null;
        return (await LoadAsync(workspace, id, cancellationToken))?.Channel;
    }

    public async Task<Channel?> FindAsync(WorkspaceId workspace, ChannelId id, CancellationToken cancellationToken)
    {
        if (_gone.ContainsKey((workspace, id))) return null;
        Channel? channel = Cached(id) ?? (await LoadAsync(workspace, id, cancellationToken))?.Channel;
        if (channel is null) Miss(workspace, id);
        return channel?.Workspace == workspace ? channel : null;
    }

    public async Task<Channel?> FindChangedAsync(Channel seen, CancellationToken cancellationToken)
    {
        bool justRead = _cache.TryGetValue(seen.Id, out var cached) && ReferenceEquals(cached.Channel, seen)
            && cached.Until > time.GetUtcNow() + CacheTime - ReadAgainAfter;
        return justRead ? null : (await LoadAsync(seen.Workspace, seen.Id, cancellationToken))?.Channel;
    }

    public async Task<ChannelSnapshot?> LoadAsync(WorkspaceId workspace, ChannelId id, CancellationToken cancellationToken)
    {
        TableEntity? row = await FindRowAsync(workspace.Value, id.Value, cancellationToken);
        return row is null ? null : Remember(Read(row));
    }

    public async Task<IReadOnlyList<ChannelSnapshot>> ListAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        var channels = new List<ChannelSnapshot>();
        string filter = TableClient.CreateQueryFilter($"PartitionKey eq {workspace.Value}");
        await foreach (TableEntity row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken)) channels.Add(Read(row));
        return channels;
    }

    public async Task<Result<ChannelSnapshot>> AddAsync(Channel channel, CancellationToken cancellationToken)
    {
        // The address first: a channel that cannot be reached alone does no harm, two channels on one number would.
        if (!await ReserveAsync(channel, cancellationToken))
            return Refusal.Conflict("phone_number_taken", "Another channel has this number or service already.").At(channel.PhoneNumber is null ? "credentials" : "phoneNumber");
        await _table.UpsertEntityAsync(
            new TableEntity($"id:{channel.Id}", LookupKey) { ["Workspace"] = channel.Workspace.Value }, TableUpdateMode.Replace, cancellationToken);
        Response added = await _table.AddEntityAsync(Row(channel), cancellationToken);
        return Remember(new ChannelSnapshot(channel, added.Headers.ETag!.Value.ToString()));
    }

    public async Task<bool> ReserveAddressAsync(ChannelSnapshot read, Channel next, CancellationToken cancellationToken) =>
        AddressPartition(read.Channel) == AddressPartition(next) || await ReserveAsync(next, cancellationToken);

    public async Task<ChannelSnapshot?> ReplaceAsync(ChannelSnapshot read, Channel next, CancellationToken cancellationToken)
    {
        try
        {
            Response replaced = await _table.UpdateEntityAsync(Row(next), new ETag(read.Version), TableUpdateMode.Replace, cancellationToken);
            if (AddressPartition(read.Channel) is var left && left != AddressPartition(next)) await ReleaseAsync(left, next.Id, cancellationToken);
            return Remember(new ChannelSnapshot(next, replaced.Headers.ETag!.Value.ToString()));
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return null;
        }
    }

    public async Task<bool> DeleteAsync(ChannelSnapshot read, CancellationToken cancellationToken)
    {
        Channel channel = read.Channel;
        try
        {
            await _table.DeleteEntityAsync(channel.Workspace.Value, channel.Id.Value, new ETag(read.Version), cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 412)
        {
            return false;
        }
        _cache.TryRemove(channel.Id, out _);
        await _table.DeleteEntityAsync($"id:{channel.Id}", LookupKey, ETag.All, cancellationToken);
        await _table.DeleteEntityAsync(AddressPartition(channel), LookupKey, ETag.All, cancellationToken);
        return true;
    }

    public async Task ReportHealthAsync(
        WorkspaceId workspace, ChannelId id, ChannelHealth health, CancellationToken cancellationToken, bool proven = false)
    {
        for (int attempt = 0; attempt < HealthAttempts; attempt++)
        {
            if (await LoadAsync(workspace, id, cancellationToken) is not { } read) return;
            ChannelHealth known = read.Channel.Health;
            if (known.State == health.State && known.Reason == health.Reason) return;
            // A warning must not make a channel that cannot work look as if it could.
            if (known.State == ChannelHealthState.Failed && health.State == ChannelHealthState.Degraded && !proven) return;
            if (await ReplaceAsync(read, read.Channel with { Health = health }, cancellationToken) is null) continue;
            LogHealth(health.State == ChannelHealthState.Ok ? LogLevel.Information : LogLevel.Warning, id, health.State, health.Reason);
            await feed.AppendAsync(workspace, [DeskNews.Health(id, health, time.GetUtcNow())], cancellationToken);
            return;
        }
    }

    public Uri WebhookUrl(Channel channel) =>
        new($"{options.PublicBaseUrl.AbsoluteUri.TrimEnd('/')}/api/webhooks/{channel.Provider}/{channel.Id}/{channel.WebhookToken.Current}");

    private async Task<bool> ReserveAsync(Channel channel, CancellationToken cancellationToken)
    {
        var row = new TableEntity(AddressPartition(channel), LookupKey)
        {
            ["Workspace"] = channel.Workspace.Value,
            ["Channel"] = channel.Id.Value,
            ["At"] = time.GetUtcNow(),
        };
        try
        {
            await _table.AddEntityAsync(row, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status == 409)
        {
            if (await FindRowAsync(row.PartitionKey, LookupKey, cancellationToken) is not { } holder) return false;
            // Its own, from a try that came to nothing.
            return holder.GetString("Channel") == channel.Id.Value
                || (await IsAbandonedAsync(holder, cancellationToken) && await TakeOverAsync(holder, row, cancellationToken));
        }
    }

    private async Task ReleaseAsync(string address, ChannelId channel, CancellationToken cancellationToken)
    {
        if (await FindRowAsync(address, LookupKey, cancellationToken) is not { } row || row.GetString("Channel") != channel.Value) return;
        try
        {
            await _table.DeleteEntityAsync(address, LookupKey, row.ETag, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            // Somebody else has it by now.
        }
    }

    /// <summary>
    /// A reservation whose holder died before the channel was stored with this address, or after it had got another; one that has just been made
    /// may still get its channel.
    /// </summary>
    private async Task<bool> IsAbandonedAsync(TableEntity holder, CancellationToken cancellationToken)
    {
        if (holder.GetDateTimeOffset("At") > time.GetUtcNow() - ReservationTime) return false;
        TableEntity? row = await FindRowAsync(holder.GetString("Workspace")!, holder.GetString("Channel")!, cancellationToken);
        return row is null || AddressPartition(Read(row).Channel) != holder.PartitionKey;
    }

    private async Task<bool> TakeOverAsync(TableEntity holder, TableEntity next, CancellationToken cancellationToken)
    {
        try
        {
            await _table.UpdateEntityAsync(next, holder.ETag, TableUpdateMode.Replace, cancellationToken);
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            return false;
        }
    }

    private string AddressPartition(Channel channel)
    {
        IProvider provider = providers.Find(channel.Provider) ?? throw new InvalidOperationException($"No provider '{channel.Provider}'.");
        return $"address:{Keys.Safe(provider.AddressOf(channel.Type, channel.PhoneNumber?.ToString(), channel.Credentials))}";
    }

    private Channel? Cached(ChannelId id) => _cache.TryGetValue(id, out var cached) && cached.Until > time.GetUtcNow() ? cached.Channel : null;

    private void Miss(WorkspaceId workspace, ChannelId id)
    {
        // Anybody may ask for any id; what is forgotten costs one read.
        if (_gone.Count >= MostGone) _gone.Clear();
        _gone[(workspace, id)] = true;
    }

    private ChannelSnapshot Remember(ChannelSnapshot snapshot)
    {
        _cache[snapshot.Channel.Id] = (snapshot.Channel, time.GetUtcNow() + CacheTime);
        return snapshot;
    }

    private async Task<TableEntity?> FindRowAsync(string partition, string key, CancellationToken cancellationToken)
    {
        NullableResponse<TableEntity> row = await _table.GetEntityIfExistsAsync<TableEntity>(partition, key, cancellationToken: cancellationToken);
        return row.HasValue ? row.Value : null;
    }

    private TableEntity Row(Channel channel)
    {
        TableEntity row = RowDocument.ToRow(
            channel.Workspace.Value, channel.Id.Value,
            channel with { Credentials = new Dictionary<string, string>(), WebhookToken = new WebhookToken("") });
        row["Secrets"] = secrets.Protect(
            JsonSerializer.Serialize(new StoredSecrets(channel.Credentials, channel.WebhookToken), DomainJson.Options), channel.Id.Value);
        return row;
    }

    private ChannelSnapshot Read(TableEntity row)
    {
        Channel channel = RowDocument.Read<Channel>(row);
        StoredSecrets stored = JsonSerializer.Deserialize<StoredSecrets>(secrets.Unprotect(row.GetString("Secrets")!, channel.Id.Value), DomainJson.Options)!;
        return new ChannelSnapshot(channel with { Credentials = stored.Credentials, WebhookToken = stored.WebhookToken }, row.ETag.ToString());
    }

    [LoggerMessage(EventId = 5001, Message = "Channel {Channel} is {State}: {Reason}.")]
    private partial void LogHealth(LogLevel level, ChannelId channel, ChannelHealthState state, string? reason);

    private sealed record StoredSecrets(IReadOnlyDictionary<string, string> Credentials, WebhookToken WebhookToken);
}
