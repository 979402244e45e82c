using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Events;

namespace LiveDesk.Domain.Contacts;

/// <summary>The provider says that the customer has opted out.</summary>
public static class OptOut
{
    public static Decision Decide(ContactState state, ChannelId channel, DateTimeOffset now) =>
        state.Contact is not { } contact || contact.IsOptedOut(channel)
            ? Decision.Nothing
            : new ContactUpdated(contact with { OptedOutChannels = [.. contact.OptedOutChannels, channel] }, ["optedOutChannels"], now);
}
