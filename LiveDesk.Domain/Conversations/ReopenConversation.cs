using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>
/// Opens a closed conversation again, within the channel's time; its next cycle begins. A survey that waits for an answer is withdrawn. A snoozed
/// conversation is woken; an open one stays as it is.
/// </summary>
public static class ReopenConversation
{
    public static Decision Decide(ContactState state, ConversationId id, ReopenSettings settings, Actor by, DateTimeOffset now)
    {
        if (ConversationLookup.Find(state, id, ConversationOperation.Reopen, out Conversation conversation, out OperationVerdict verdict) is { } refusal)
            return refusal.Kind == RefusalKind.Rule ? TooLate("The contact has had another conversation since.") : refusal;
        if (verdict == OperationVerdict.NoChange) return Decision.Nothing;
        if (conversation.Status == ConversationStatus.Snoozed) return new ConversationWoken(id, "manual", by, now);
        if (state.Contact!.Blocked) return Refusal.Rule("contact_blocked", "The contact is blocked. Unblock it to reopen the conversation.");
        if (settings.Within is not { } within) return TooLate("This channel does not reopen conversations; open a new one.");
        if (now >= conversation.ClosedAt + within) return TooLate("The channel's time for reopening is over; open a new conversation.");
        return Decision.Of([new ConversationReopened(id, conversation.Owner, by, now), .. Surveys.Withdraw(state.Contact, conversation, now)]);
    }

    private static Refusal TooLate(string message) => Refusal.Conflict("reopen_refused", message);
}
