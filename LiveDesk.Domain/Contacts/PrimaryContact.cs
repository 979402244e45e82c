using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>Follows merged contacts and second addresses to the contact that they stand for.</summary>
public static class PrimaryContact
{
    // Each merge of a primary makes the way from its oldest address one step longer.
    private const int LongestChain = 32;

    /// <summary>One storage transaction, and one more for each step to the primary.</summary>
    /// <param name="read">The contact as the caller has just read it; spares the first read.</param>
    public static async Task<ContactSnapshot> LoadPrimaryAsync(
        this IContactStore store, WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken, ContactSnapshot? read = null)
    {
        ContactSnapshot snapshot = read ?? await store.LoadAsync(workspace, contact, cancellationToken);
        for (int step = 0; step < LongestChain && snapshot.State.Contact?.MergedInto is { } primary; step++)
            snapshot = await store.LoadAsync(workspace, primary, cancellationToken);
        return snapshot;
    }

    /// <summary>What happened under this key before the contact was merged away, in its own partition or in one on the way to the primary.</summary>
    public static async Task<SeenRecord?> FindSeenOnTheWayAsync(
        this IContactStore store, WorkspaceId workspace, ContactId contact, SeenKey key, CancellationToken cancellationToken)
    {
        ContactSnapshot at = await store.LoadAsync(workspace, contact, cancellationToken);
        for (int step = 0; step < LongestChain && at.State.Contact?.MergedInto is { } next; step++)
        {
            // A second address has no conversations of its own, and nothing was ever stored under it.
            if (at.State.Contact.Conversations > 0 && await store.FindSeenAsync(workspace, at.Id, key, cancellationToken) is { } found) return found;
            at = await store.LoadAsync(workspace, next, cancellationToken);
        }
        return null;
    }

    /// <summary>
    /// A point read where the contact was first seen under this address; only if that finds nothing, the address may lead elsewhere.
    /// </summary>
    public static async Task<SeenRecord?> FindSeenAsync(
        this IContactStore store, WorkspaceId workspace, InboundSender sender, SeenKey key, CancellationToken cancellationToken)
    {
        ContactId id = ContactId.Of(workspace, sender.Identities[0]);
        if (await store.FindSeenAsync(workspace, id, key, cancellationToken) is { } found) return found;
        ContactId primary = (await store.LoadPrimaryAsync(workspace, id, cancellationToken)).Id;
        return primary == id ? null : await store.FindSeenAsync(workspace, primary, key, cancellationToken);
    }
}
