using System.Text.Json.Nodes;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>Lines of the feed that are about the desk itself and not about a contact.</summary>
public static class DeskNews
{
    /// <summary>The same line however often it is told.</summary>
    public static FeedEvent Presence(AgentId agent, Presence presence, DateTimeOffset since) => new(
        $"ev_{agent}_{Base32.Encode(since.ToUnixTimeMilliseconds())}_{Name(presence)}", "agent.presence", since,
        new JsonObject { ["agentId"] = agent.Value, ["status"] = Name(presence) }.ToJsonString(DomainJson.Options));

    public static FeedEvent Health(ChannelId channel, ChannelHealth health, DateTimeOffset at) => new(
        $"ev_{channel}_{Base32.Encode(at.ToUnixTimeMilliseconds())}", "channel.health", at,
        new JsonObject { ["channelId"] = channel.Value, ["state"] = Name(health.State), ["reason"] = health.Reason }.ToJsonString(DomainJson.Options));

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
