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
    /// <returns>A page; where much of what is found is not wanted it may be short, or empty, and still lead on.</returns>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<PageOf<Contact>> ListAsync(WorkspaceId workspace, ContactSearch? search, int limit, string? cursor, CancellationToken cancellationToken);
}

/// <summary>One thing to look for, by which the index finds; what it finds may have to have others, too.</summary>
public sealed record ContactSearch(ContactSearchKind Kind, string Text)
{
    /// <summary>Other words of the name begin with these, in any case.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>A tag besides; null: whatever the tags.</summary>
    public string? Tag { get; init; }

    /// <summary>Whether not everything that the index finds is wanted.</summary>
    public bool IsNarrowed => Words.Count > 0 || Tag is not null;

    /// <summary>Of a contact that the index has found: whether it has the others.</summary>
    public bool Wants(Contact contact) => (Tag is null || contact.Tags.Contains(Tag)) && Words.All(word => HasWord(contact, word));

    private static bool HasWord(Contact contact, string word) =>
        contact.Name?.Split(' ').Any(w => w.StartsWith(word, StringComparison.OrdinalIgnoreCase)) == true;
}

public enum ContactSearchKind
{
    /// <summary>A word of the name begins with it, in any case.</summary>
    Name,

    /// <summary>The number begins with these digits.</summary>
    Number,

    Tag,
}
