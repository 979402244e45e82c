using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>How urgent it is; the first order of the waiting queue.</summary>
public static class PrioritizeConversation
{
    public static Decision Decide(ContactState state, ConversationId id, Priority priority, Actor by, DateTimeOffset now)
    {
        if (ConversationLookup.Find(state, id, ConversationOperation.Priority, out Conversation conversation, out _) is { } refusal) return refusal;
        return conversation.Priority == priority
            ? Decision.Nothing
            : new ConversationPrioritized(id, priority, conversation.Priority, by, now);
    }
}

/// <summary>Puts tags on a conversation and takes them off. Tags are compared without regard to case and keep the case they were first given in.</summary>
public static class TagConversation
{
    public const int MaximumLength = 50;

    /// <summary>Each tag is a list the conversation stands in, and all lists are moved in one transaction.</summary>
    public const int MaximumTags = 20;

    public static Decision Decide(
        ContactState state, ConversationId id, IReadOnlyList<string> add, IReadOnlyList<string> remove, Actor by, DateTimeOffset now)
    {
        if (Malformed(add, "add") is { } malformed) return malformed;
        if (ConversationLookup.Find(state, id, ConversationOperation.Tags, out Conversation conversation, out _) is { } refusal) return refusal;
        string[] removed = [.. conversation.Tags.Where(tag => Has(remove, tag) && !Has(add, tag))];
        string[] added = [.. add.Select(t => t.Trim()).Where(tag => !Has(conversation.Tags, tag)).Distinct(StringComparer.OrdinalIgnoreCase)];
        if (conversation.Tags.Count - removed.Length + added.Length > MaximumTags)
            return Refusal.Rule("too_many_tags", $"A conversation has at most {MaximumTags} tags.", "add");
        return added.Length + removed.Length == 0 ? Decision.Nothing : new ConversationTagged(id, added, removed, by, now);
    }

    private static Refusal? Malformed(IReadOnlyList<string> tags, string field)
    {
        for (int i = 0; i < tags.Count; i++)
            if (string.IsNullOrWhiteSpace(tags[i]) || tags[i].Trim().Length > MaximumLength || tags[i].Any(char.IsControl))
                return Refusal.Malformed($"{field}[{i}]", $"1 to {MaximumLength} characters, no control characters.");
        return null;
    }

    private static bool Has(IReadOnlyList<string> tags, string tag) => tags.Any(t => t.Trim().Equals(tag, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Somebody has seen everything that the customer has written so far. A mark never moves back.</summary>
public static class ReadConversation
{
    /// <param name="reader">A person's id, or that of the key of a client that speaks for nobody.</param>
    public static Decision Decide(ContactState state, ConversationId id, string reader, DateTimeOffset now)
    {
        if (ConversationLookup.Find(state, id, ConversationOperation.Read, out Conversation conversation, out _) is { } refusal) return refusal;
        return conversation.UnreadFor(reader) == 0
            ? Decision.Nothing
            : new ConversationRead(id, reader, conversation.InboundCount, now);
    }
}
