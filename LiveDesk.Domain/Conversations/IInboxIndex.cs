using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>Where a conversation stands in the lists.</summary>
/// <param name="Version">Of the contact when this was true; an older place never replaces a newer one.</param>
/// <param name="Activity">Lists are sorted by it, newest first.</param>
/// <param name="Views">The lists it stands in.</param>
public sealed record InboxPlace(long Version, DateTimeOffset Activity, IReadOnlyList<string> Views);

public sealed record InboxEntry(ConversationId Conversation, InboxPlace Place, InboxItem Item);

/// <summary>What a list shows, so that a page needs no further read.</summary>
public sealed record InboxItem(Conversation Conversation, string? ContactName, string? PhoneNumber, DateTimeOffset? WindowExpiresAt);

/// <summary>One page of a list and where the next begins; null at the end.</summary>
public sealed record PageOf<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>The lists of conversations, newest activity first.</summary>
public interface IInboxIndex
{
    /// <summary>One storage transaction if <paramref name="before"/> is what the index holds; else it finds out and mends itself.</summary>
    /// <param name="before">Null for a conversation that has just been opened.</param>
    Task MoveAsync(WorkspaceId workspace, InboxPlace? before, InboxEntry after, CancellationToken cancellationToken);

    /// <param name="view">One of <see cref="InboxViews"/>.</param>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<PageOf<InboxItem>> ListAsync(WorkspaceId workspace, string view, int limit, string? cursor, CancellationToken cancellationToken);
}
