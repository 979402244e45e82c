using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>That a person holds a conversation. There is one slot per conversation, so no conversation is ever held twice.</summary>
/// <param name="OwnerVersion">Of the conversation when the slot was set; an older version never replaces a newer one.</param>
public sealed record AgentSlot(ConversationId Conversation, AgentId Agent, int OwnerVersion);

/// <summary>The desk partition of a workspace: people, their slots, how many they hold.</summary>
public interface IDeskStore
{
    Task<IReadOnlyList<AgentSnapshot>> ListAgentsAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    Task<AgentSnapshot?> FindAgentAsync(WorkspaceId workspace, AgentId id, CancellationToken cancellationToken);

    /// <returns>The agent as it is stored; the first one if there is one with this id.</returns>
    Task<AgentSnapshot> AddAgentAsync(Agent agent, CancellationToken cancellationToken);

    /// <returns>Null if the version is no longer the stored one.</returns>
    Task<AgentSnapshot?> ReplaceAgentAsync(AgentSnapshot read, Agent next, CancellationToken cancellationToken);

    /// <returns>False if the version is no longer the stored one.</returns>
    Task<bool> DeleteAgentAsync(AgentSnapshot read, CancellationToken cancellationToken);

    Task<AgentSlot?> FindSlotAsync(WorkspaceId workspace, ConversationId conversation, CancellationToken cancellationToken);

    Task<IReadOnlyList<AgentSlot>> ListSlotsAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    /// <summary>
    /// One entity-group transaction: inserts the slot and raises the held count, on condition that the agent is as it was read.
    /// </summary>
    /// <returns>False if the conversation has a slot already or the agent has changed.</returns>
    Task<bool> ClaimAsync(AgentSnapshot agent, AgentSlot slot, ChannelId channel, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>One entity-group transaction: moves the slot to another agent, or frees it (null), and sets both held counts right.</summary>
    /// <returns>False if slot or agents changed meanwhile.</returns>
    Task<bool> MoveAsync(
        WorkspaceId workspace, ConversationId conversation, AgentSlot? from, AgentSlot? to, CancellationToken cancellationToken);
}

/// <param name="Queue">One of <see cref="WaitingLines"/>.</param>
/// <param name="Since">Waiting time counts from here.</param>
/// <param name="Reason">Stored with the assignment that ends the waiting; null: what chose the person.</param>
/// <param name="Until">When it goes on to the next step of the search; null: never.</param>
/// <param name="Untried">It came outside business hours, so that not even the last owner of a returning customer has been looked at.</param>
public sealed record WaitingConversation(
    ConversationId Conversation, string Queue, Priority Priority, DateTimeOffset Since, string? Reason = null, DateTimeOffset? Until = null,
    bool Untried = false)
{
    /// <summary>Who is served first: the more urgent, then who has waited longer.</summary>
    public static Comparer<WaitingConversation> ByTurn { get; } = Comparer<WaitingConversation>.Create((a, b) =>
        (b.Priority, a.Since, a.Conversation.ToString()).CompareTo((a.Priority, b.Since, b.Conversation.ToString())));
}

/// <summary>Conversations that wait for a person: higher priority first, then who has waited longer.</summary>
public interface IWaitingStore
{
    /// <summary>A conversation waits in one line at a time; this moves it there.</summary>
    Task PutAsync(WorkspaceId workspace, WaitingConversation waiting, CancellationToken cancellationToken);

    Task RemoveAsync(WorkspaceId workspace, WaitingConversation waiting, CancellationToken cancellationToken);

    /// <summary>Where it waits; null if it does not.</summary>
    Task<WaitingConversation?> FindAsync(WorkspaceId workspace, ConversationId conversation, CancellationToken cancellationToken);

    /// <summary>In the order in which they are served.</summary>
    Task<IReadOnlyList<WaitingConversation>> ListAsync(WorkspaceId workspace, string queue, int limit, CancellationToken cancellationToken);

    /// <summary>Everybody who waits, whatever the line; null if that is more than the limit.</summary>
    Task<IReadOnlyList<WaitingConversation>?> ListAllAsync(WorkspaceId workspace, int limit, CancellationToken cancellationToken);

    /// <summary>The queues in which anybody waits.</summary>
    Task<IReadOnlyList<string>> QueuesAsync(WorkspaceId workspace, CancellationToken cancellationToken);
}
