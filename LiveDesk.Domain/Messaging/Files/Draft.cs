using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging.Files;

/// <summary>An uploaded file that no message has yet; once one has, the draft is gone and the file stays.</summary>
/// <param name="Use">The message that is about to take it.</param>
/// <param name="Expired">The file is being deleted.</param>
public sealed record Draft(WorkspaceId Workspace, UploadId Id, DateTimeOffset ExpiresAt, DraftUse? Use = null, bool Expired = false)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
}

/// <summary>Whether that message was posted after all is told by its idempotency key in the contact's partition.</summary>
/// <param name="RequestKey">Of <see cref="Contacts.SeenKey.Request"/>.</param>
public sealed record DraftUse(ConversationId Conversation, string RequestKey, DateTimeOffset At);

public sealed record DraftSnapshot(Draft Draft, string Version);

public interface IDraftStore
{
    /// <returns>False if there is one already.</returns>
    Task<bool> AddAsync(Draft draft, CancellationToken cancellationToken);

    Task<DraftSnapshot?> FindAsync(WorkspaceId workspace, UploadId id, CancellationToken cancellationToken);

    /// <returns>Null if it has changed or gone since it was read.</returns>
    Task<DraftSnapshot?> ReplaceAsync(DraftSnapshot read, Draft next, CancellationToken cancellationToken);

    /// <returns>False if it has changed since it was read; true also if it is gone.</returns>
    Task<bool> DeleteAsync(DraftSnapshot read, CancellationToken cancellationToken);

    /// <summary>Of all workspaces, those whose time was up at the instant.</summary>
    IAsyncEnumerable<DraftSnapshot> ListExpiredAsync(DateTimeOffset at, CancellationToken cancellationToken);
}
