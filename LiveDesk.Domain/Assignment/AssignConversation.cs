using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <param name="OnlyIfUnowned">Automation: does nothing if somebody else was faster.</param>
public sealed record AssignCommand(
    ConversationId Conversation, Owner Owner, string? TeamId, string Reason, Actor By, bool OnlyIfUnowned = false, bool SlotClaimed = false);

/// <summary>Gives a conversation an owner; the owner it has already is no change.</summary>
public static class AssignConversation
{
    public static Decision Decide(ContactState state, AssignCommand command, DateTimeOffset now)
    {
        if (ConversationLookup.Find(state, command.Conversation, ConversationOperation.Assign, out Conversation conversation, out _) is { } refusal)
            return refusal;
        if (command.OnlyIfUnowned && conversation.Owner.Kind != OwnerKind.None)
            return Refusal.Conflict("already_owned", "Somebody has the conversation already.");
        if (conversation.Owner.Kind == command.Owner.Kind && conversation.Owner.Id == command.Owner.Id
            && (command.TeamId is null || command.TeamId == conversation.TeamId)) return Decision.Nothing;
        return new ConversationAssigned(
            conversation.Id, command.Owner, conversation.Owner, command.TeamId, command.Reason, command.By, now, command.SlotClaimed);
    }
}

/// <summary>
/// Leaves a conversation with nobody on it. It is not assigned again by itself, or it would bounce. A workflow may do it after the close too, so
/// that the contact's next conversation does not go to the same person.
/// </summary>
public static class UnassignConversation
{
    public static Decision Decide(ContactState state, ConversationId id, string reason, Actor by, DateTimeOffset now)
    {
        Refusal? refusal = ConversationLookup.Find(state, id, ConversationOperation.Unassign, out Conversation conversation, out _);
        bool afterClose = by.Kind == ActorKind.Workflow && state.Latest?.Id == id;
        if (refusal is not null && !afterClose) return refusal;
        return conversation.Owner.Kind == OwnerKind.None
            ? Decision.Nothing
            : new ConversationUnassigned(id, conversation.Owner, reason, by, now);
    }
}
