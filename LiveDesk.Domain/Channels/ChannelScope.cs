namespace LiveDesk.Domain.Channels;

/// <summary>What a channel's customer addresses are unique within: the page of Messenger, the bot of Viber. Numbers need none.</summary>
public static class ChannelScope
{
    public static string? Of(Channel channel) => channel.Type switch
    {
        ChannelType.Messenger => channel.Credential("pageId"),
        ChannelType.Viber => channel.Id.Value,
        _ => null,
    };
}
