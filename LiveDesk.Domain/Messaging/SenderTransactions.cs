using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// Transactions on the one contact behind all addresses of a sender (a WhatsApp number and a business-scoped user id). A contact is found
/// by the address it was first seen with; each further address gets a row that leads there. Two contacts that both exist are never
/// merged silently: the first address wins.
/// </summary>
public sealed class SenderTransactions(IContactStore store, ContactTransactions transactions, TimeProvider time)
{
    private static readonly Refusal Stranger = Refusal.NotFound("contact");

    /// <summary>Decides what happens to the sender; the id is the one a new contact gets.</summary>
    public delegate IReadOnlyList<DomainEvent> Decide(ContactState state, ContactId id, DateTimeOffset now);

    public async Task<Committed> RunAsync(
        WorkspaceId workspace, InboundSender sender, Decide decide, CancellationToken cancellationToken, SeenKey? seen = null)
    {
        ContactId[] ids = [.. sender.Identities.Select(i => ContactId.Of(workspace, i)).Distinct()];
        ContactId target = ids[0];
        Task<Result<Committed>> DecideAsync(bool known) => transactions.RunAsync(
            workspace, target,
            (state, now) => known && state.Contact is null ? Stranger : Decision.Of(decide(state, state.Contact?.Id ?? target, now)),
            cancellationToken, seen);

        if (ids.Length == 1) return (await DecideAsync(known: false)).Value;
        Result<Committed> result = await DecideAsync(known: true);
        if (!result.Accepted)
        {
            target = await KnownAsync(workspace, ids[1..], cancellationToken) ?? target;
            result = await DecideAsync(known: false);
        }
        if (MayBeUnlinked(result.Value, sender)) await LinkAsync(result.Value, ids, cancellationToken);
        return result.Value;
    }

    /// <summary>The contact that one of these addresses belongs to already.</summary>
    private async Task<ContactId?> KnownAsync(WorkspaceId workspace, ContactId[] ids, CancellationToken cancellationToken)
    {
        foreach (ContactId id in ids)
            if ((await store.LoadPrimaryAsync(workspace, id, cancellationToken)).State.Contact is { } known) return known.Id;
        return null;
    }

    // A repeated event may have died between its write and its links, so those are made again.
    private static bool MayBeUnlinked(Committed committed, InboundSender sender) =>
        committed.After.Contact is not null
        && (committed.Repeated is not null || sender.Identities.Any(i => committed.Before.State.Contact?.Identities.Any(k => k.Key == i.Key) != true));

    /// <summary>Insert-only: an address that leads somewhere already keeps leading there.</summary>
    private async Task LinkAsync(Committed committed, ContactId[] ids, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (ContactId other in ids.Where(id => id != committed.Contact))
        {
            var link = new Contact { Workspace = committed.Workspace, Id = other, MergedInto = committed.Contact, CreatedAt = now, UpdatedAt = now };
            await store.CommitAsync(
                new ContactSnapshot(committed.Workspace, other, ContactState.None, null, null),
                new ContactWrite(new ContactState(link, null), [], [], null, null, null), cancellationToken);
        }
    }
}
