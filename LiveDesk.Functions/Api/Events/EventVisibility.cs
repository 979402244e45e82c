using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Events;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Functions.Api.Events;

/// <summary>
/// What of the feed a caller may see: of conversations and channels those of the channels that he or she is a member of, of the desk's own
/// machinery nothing unless an admin. A line about a conversation that names no channel is not shown to an agent.
/// </summary>
internal sealed class EventVisibility(ChannelAccess channels)
{
    private const string Machinery = "webhook.";

    public async Task<IReadOnlyList<FeedEvent>> OfAsync(Caller caller, IReadOnlyList<FeedEvent> lines, CancellationToken cancellationToken)
    {
        var visible = new List<FeedEvent>(lines.Count);
        foreach (FeedEvent line in lines)
            if (await SeesAsync(caller, line, cancellationToken)) visible.Add(line);
        return visible;
    }

    private async Task<bool> SeesAsync(Caller caller, FeedEvent line, CancellationToken cancellationToken)
    {
        if (line.Type.StartsWith(Machinery, StringComparison.Ordinal)) return caller.Role == Role.Admin;
        if (caller.Role > Role.Agent) return true;
        using JsonDocument data = JsonDocument.Parse(line.Data);
        if (Text(data, "channelId") is { } channel)
            return ChannelId.TryParse(channel, out ChannelId id) && await channels.FindOfRecordAsync(caller, id, cancellationToken) is not null;
        return Text(data, "conversationId") is null;
    }

    private static string? Text(JsonDocument data, string name) =>
        data.RootElement.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
