using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Channels;

public sealed record ChannelSnapshot(Channel Channel, string Version);

/// <summary>The channels of all workspaces; secrets are encrypted at rest. Reads by id are cached for a few seconds.</summary>
public interface IChannelDirectory
{
    /// <summary>For a webhook, which knows nothing but the channel's id.</summary>
    Task<Channel?> FindAsync(ChannelId id, CancellationToken cancellationToken);

    /// <returns>Null also for a channel of another workspace.</returns>
    Task<Channel?> FindAsync(WorkspaceId workspace, ChannelId id, CancellationToken cancellationToken);

    /// <summary>The channel as it is now, where another host may have changed it since it was read; at most one read a second.</summary>
    /// <param name="seen">What <see cref="FindAsync(ChannelId, CancellationToken)"/> gave.</param>
    /// <returns>Null: nothing can have changed, or the channel is gone.</returns>
    Task<Channel?> FindChangedAsync(Channel seen, CancellationToken cancellationToken);

    /// <summary>Past the cache, with the version for a conditional write.</summary>
    Task<ChannelSnapshot?> LoadAsync(WorkspaceId workspace, ChannelId id, CancellationToken cancellationToken);

    Task<IReadOnlyList<ChannelSnapshot>> ListAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    /// <returns>The stored channel; a refusal <c>phone_number_taken</c> if the address belongs to another channel.</returns>
    Task<Result<ChannelSnapshot>> AddAsync(Channel channel, CancellationToken cancellationToken);

    /// <summary>
    /// Makes sure that no other channel has the address that this one gets by a change of its credentials; asked before <see cref="ReplaceAsync"/>.
    /// </summary>
    /// <returns>False if another has it.</returns>
    Task<bool> ReserveAddressAsync(ChannelSnapshot read, Channel next, CancellationToken cancellationToken);

    /// <summary>The address that the channel has left is free then.</summary>
    /// <returns>Null if the version is no longer the stored one.</returns>
    Task<ChannelSnapshot?> ReplaceAsync(ChannelSnapshot read, Channel next, CancellationToken cancellationToken);

    /// <returns>False if the version is no longer the stored one.</returns>
    Task<bool> DeleteAsync(ChannelSnapshot read, CancellationToken cancellationToken);

    /// <summary>Writes only if the state or its reason changes.</summary>
    /// <param name="proven">The provider has just taken a message, so that the channel has not failed; else a warning leaves a failed channel failed.</param>
    Task ReportHealthAsync(WorkspaceId workspace, ChannelId id, ChannelHealth health, CancellationToken cancellationToken, bool proven = false);

    /// <summary>Where the provider sends this channel's webhooks.</summary>
    Uri WebhookUrl(Channel channel);
}
