using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Api.Http;

/// <summary>What a caller may see: an agent sees the channels that he or she is a member of, others see all.</summary>
internal static class Access
{
    public static bool Sees(Caller caller, Channel channel) =>
        channel.Workspace == caller.Workspace
        && (caller.Role > Role.Agent || (caller.Agent is { } agent && channel.AgentIds.Contains(agent)));
}

/// <summary>Finds what a request is about; what the caller may not see is not there.</summary>
internal sealed class ChannelAccess(IChannelDirectory channels)
{
    public async Task<Result<ChannelSnapshot>> LoadAsync(Caller caller, string channelId, CancellationToken cancellationToken) =>
        ChannelId.TryParse(channelId, out ChannelId id)
        && await channels.LoadAsync(caller.Workspace, id, cancellationToken) is { } found
        && Access.Sees(caller, found.Channel)
            ? found
            : Refusal.NotFound("channel");

    /// <summary>From the cache: whether the caller sees the channel of a conversation.</summary>
    public async Task<Channel?> FindAsync(Caller caller, ChannelId id, CancellationToken cancellationToken) =>
        await channels.FindAsync(caller.Workspace, id, cancellationToken) is { } channel && Access.Sees(caller, channel) ? channel : null;

    /// <summary>
    /// As <see cref="FindAsync"/>, for what has happened already: that the channel has been deleted since hides nothing from those who see all channels.
    /// </summary>
    public async Task<Channel?> FindOfRecordAsync(Caller caller, ChannelId id, CancellationToken cancellationToken)
    {
        Channel channel = await channels.FindAsync(caller.Workspace, id, cancellationToken) ?? Channel.Gone(caller.Workspace, id);
        return Access.Sees(caller, channel) ? channel : null;
    }
}
