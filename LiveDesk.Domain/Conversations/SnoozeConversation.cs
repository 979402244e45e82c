using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>Puts a conversation aside until an instant or until the customer writes, whichever comes first. Its owner's slot is free meanwhile.</summary>
public static class SnoozeConversation
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(366);

    /// <param name="until">Null: until the customer writes.</param>
    public static Decision Decide(ContactState state, ConversationId id, DateTimeOffset? until, Actor by, DateTimeOffset now)
    {
        if (ConversationLookup.Find(state, id, ConversationOperation.Snooze, out Conversation conversation, out _) is { } refusal) return refusal;
        if (until <= now) return Refusal.Rule("until_passed", "Must be in the future.", "until");
        if (until > now + Longest) return Refusal.Rule("until_too_far", $"At most {Longest.Days} days from now.", "until");
        return conversation.Status == ConversationStatus.Snoozed && conversation.SnoozedUntil == until
            ? Decision.Nothing
            : new ConversationSnoozed(id, until, by, now);
    }
}

/// <summary>A snooze's time is over. A timer of an earlier snooze finds another version and does nothing.</summary>
public static class WakeConversation
{
    public static Decision Decide(ContactState state, ConversationId id, int timerVersion, DateTimeOffset now) =>
        state.Open is { Status: ConversationStatus.Snoozed, SnoozedUntil: { } until } conversation
        && conversation.Id == id && conversation.TimerVersion == timerVersion && until <= now
            ? new ConversationWoken(id, "time", Actor.System, now)
            : Decision.Nothing;
}
