using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>A contact has at most one open conversation; opening where one is open changes nothing.</summary>
public static class OpenConversation
{
    public static Decision Decide(ContactState state, Channel channel, OpenedBy openedBy, Actor by, DateTimeOffset now)
    {
        if (state.Contact is not { IsErased: false } contact) return Refusal.NotFound("contact");
        if (state.Open is not null) return Decision.Nothing;
        if (contact.Blocked) return Refusal.Rule("contact_blocked", "The contact is blocked. Unblock it to open a conversation.");
        return Opened(new ConversationId(contact.Id, contact.Conversations + 1), channel.Id, openedBy, by, now, quiet: false);
    }

    internal static ConversationOpened Opened(
        ConversationId id, ChannelId channel, OpenedBy openedBy, Actor by, DateTimeOffset now, bool quiet) =>
        new(new Conversation
        {
            Id = id,
            Channel = channel,
            OpenedAt = now,
            OpenedBy = openedBy,
            LastActivityAt = now,
            Quiet = quiet,
        }, by, now);
}
