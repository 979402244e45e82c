using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>Looks a decision's conversation up in the contact's state and asks the table of transitions.</summary>
internal static class ConversationLookup
{
    /// <summary>
    /// The conversation that an operation is about. Only the latest one can be changed; an earlier one is closed for good, whatever the table
    /// says of closed ones.
    /// </summary>
    /// <param name="verdict">What to do if it is found.</param>
    public static Refusal? Find(
        ContactState state, ConversationId id, ConversationOperation operation, out Conversation conversation, out OperationVerdict verdict)
    {
        (conversation, verdict) = (null!, OperationVerdict.Refused);
        if (state.Contact is not { } contact || state.Latest is not { } latest || id.Number > contact.Conversations) return Refusal.NotFound("conversation");
        if (latest.Id != id)
        {
            verdict = ConversationTransitions.Of(ConversationStatus.Closed, operation);
            return verdict == OperationVerdict.NoChange ? null : Earlier();
        }
        (conversation, verdict) = (latest, ConversationTransitions.Of(latest.Status, operation));
        return verdict == OperationVerdict.Refused ? ConversationTransitions.Refusal(latest.Status) : null;
    }

    private static Refusal Earlier() => Refusal.Rule(
        "conversation_closed", "The conversation is closed and the contact has had another one since. Allowed now: read, notes.");
}
