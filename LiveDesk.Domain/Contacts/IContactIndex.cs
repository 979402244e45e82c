using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>Finds contacts by the beginning of a name or number, or by tag, without looking at all of them.</summary>
public interface IContactIndex
{
    /// <summary>Makes the index say what the contact is now; an older state never replaces a newer one.</summary>
    /// <param name="isNew">The contact has just been created: spares a read.</param>
    Task PutAsync(Contact contact, bool isNew, CancellationToken cancellationToken);

    /// <param name="search">What to look for; null: all, newest first.</param>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<PageOf<Contact>> ListAsync(WorkspaceId workspace, ContactSearch? search, int limit, string? cursor, CancellationToken cancellationToken);
}

/// <summary>One thing to look for.</summary>
public sealed record ContactSearch(ContactSearchKind Kind, string Text);

public enum ContactSearchKind
{
    /// <summary>A word of the name begins with it, in any case.</summary>
    Name,

    /// <summary>The number begins with these digits.</summary>
    Number,

    Tag,
}
