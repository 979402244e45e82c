using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>A message with the version that a change of it is conditional on.</summary>
public sealed record MessageSnapshot(Message Message, string Version);

public sealed record ConversationSnapshot(Conversation Conversation, string Version);

/// <summary>The contact partition.</summary>
public interface IContactStore
{
    /// <summary>One storage transaction, at any number of conversations and messages.</summary>
    Task<ContactSnapshot> LoadAsync(WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken);

    /// <summary>One entity-group transaction.</summary>
    Task<CommitOutcome> CommitAsync(ContactSnapshot snapshot, ContactWrite write, CancellationToken cancellationToken);

    Task<SeenRecord?> FindSeenAsync(WorkspaceId workspace, ContactId contact, SeenKey key, CancellationToken cancellationToken);

    Task<ConversationSnapshot?> FindConversationAsync(WorkspaceId workspace, ConversationId id, CancellationToken cancellationToken);

    Task<MessageSnapshot?> FindMessageAsync(WorkspaceId workspace, MessageId id, CancellationToken cancellationToken);

    /// <summary>Newest last; a page ends before <paramref name="before"/>.</summary>
    Task<IReadOnlyList<Message>> ListMessagesAsync(
        WorkspaceId workspace, ConversationId conversation, MessageId? before, int limit, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Conversation>> ListConversationsAsync(
        WorkspaceId workspace, ContactId contact, int before, int limit, CancellationToken cancellationToken);

    /// <summary>Everything of the contact that still has to be told or sent.</summary>
    Task<PendingWork> LoadPendingAsync(WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken);

    /// <summary>One entity-group transaction; null, and nothing written, if anything in it has changed since it was read.</summary>
    Task<PendingVersions?> CommitAsync(WorkspaceId workspace, ContactId contact, PendingWrite write, CancellationToken cancellationToken);
}
