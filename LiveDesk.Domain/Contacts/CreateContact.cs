using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>A contact that the desk knows before the customer has written.</summary>
public static class CreateContact
{
    /// <summary>Opens a conversation with a contact, who is created if the identity is known and nobody has it yet.</summary>
    public static Decision ThenOpen(
        ContactState state, WorkspaceId workspace, ContactId id, ContactIdentity? identity, Channel channel, OpenedBy openedBy, Actor by, DateTimeOffset now)
    {
        if (state.Contact is { IsErased: false } || identity is null) return OpenConversation.Decide(state, channel, openedBy, by, now);
        var created = new ContactCreated(
            (state.Contact ?? new Contact { Workspace = workspace, Id = id, CreatedAt = now, UpdatedAt = now }) with
            {
                Identities = [identity],
                CreatedAt = now,
                UpdatedAt = now,
            }, now);
        Decision opened = OpenConversation.Decide(state.Apply(created), channel, openedBy, by, now);
        return opened.Refusal is null ? Decision.Of([created, .. opened.Events]) : opened;
    }
}
