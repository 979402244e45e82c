using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>The provider says that the customer has opted out, or is back.</summary>
public static class OptOut
{
    public static Decision Decide(ContactState state, ChannelId channel, DateTimeOffset now) =>
        state.Contact is not { } contact || contact.IsOptedOut(channel)
            ? Decision.Nothing
            : new ContactUpdated(contact with { OptedOutChannels = [.. contact.OptedOutChannels, channel] }, ["optedOutChannels"], now);

    /// <summary>A customer who has written after unsubscribing is subscribed again: the news of the unsubscription is only late then.</summary>
    /// <remarks>Somebody new who subscribes becomes a contact, who may be written to; no conversation is opened.</remarks>
    public static Decision Decide(
        ContactState state, WorkspaceId workspace, ContactId id, ChannelId channel, InboundSubscription subscription, DateTimeOffset now)
    {
        if (state.Contact is not { IsErased: false } contact) return subscription.Subscribed ? Created(state, workspace, id, subscription, now) : Decision.Nothing;
        if (subscription.Subscribed) return Undo(contact, channel, now);
        bool late = contact.LastInboundAt.TryGetValue(channel.Value, out DateTimeOffset written) && written > subscription.OccurredAt;
        return late ? Decision.Nothing : Decide(state, channel, now);
    }

    private static Decision Created(ContactState state, WorkspaceId workspace, ContactId id, InboundSubscription subscription, DateTimeOffset now)
    {
        var events = new List<DomainEvent>();
        SenderProfile.Known(state, workspace, id, subscription.From, now, events);
        return Decision.Of(events);
    }

    private static Decision Undo(Contact contact, ChannelId channel, DateTimeOffset now) =>
        contact.IsOptedOut(channel)
            ? new ContactUpdated(
                contact with { OptedOutChannels = [.. contact.OptedOutChannels.Where(c => c != channel)] }, ["optedOutChannels"], now)
            : Decision.Nothing;
}
