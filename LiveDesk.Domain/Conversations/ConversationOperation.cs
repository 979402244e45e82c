using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>What can be done to a conversation; the names of the API's actions.</summary>
public enum ConversationOperation
{
    Assign,
    Unassign,
    Close,
    Reopen,
    Snooze,
    Priority,
    Tags,
    Read,
    Notes,
    Messages,
}

public enum OperationVerdict
{
    Allowed,

    /// <summary>It is so already; nothing happens and nothing is recorded.</summary>
    NoChange,

    Refused,
}

/// <summary>The one table that says which operation may change a conversation in which state. Everything else is refused with the list of what may.</summary>
public static class ConversationTransitions
{
    public static OperationVerdict Of(ConversationStatus status, ConversationOperation operation) => (status, operation) switch
    {
        (_, ConversationOperation.Tags or ConversationOperation.Read or ConversationOperation.Notes) => OperationVerdict.Allowed,
        (ConversationStatus.Closed, ConversationOperation.Close) => OperationVerdict.NoChange,
        (ConversationStatus.Closed, ConversationOperation.Reopen) => OperationVerdict.Allowed,
        (ConversationStatus.Closed, _) => OperationVerdict.Refused,
        (ConversationStatus.Open, ConversationOperation.Reopen) => OperationVerdict.NoChange,
        // A snoozed conversation is woken by reopening it.
        _ => OperationVerdict.Allowed,
    };

    public static IReadOnlyList<ConversationOperation> Allowed(ConversationStatus status) =>
        [.. Enum.GetValues<ConversationOperation>().Where(o => Of(status, o) == OperationVerdict.Allowed)];

    /// <summary>422, with what would be allowed in the message.</summary>
    public static Refusal Refusal(ConversationStatus status) => Workspaces.Refusal.Rule(
        $"conversation_{Name(status)}", $"The conversation is {Name(status)}. Allowed now: {string.Join(", ", Allowed(status).Select(o => Name(o)))}.");

    private static string Name<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
