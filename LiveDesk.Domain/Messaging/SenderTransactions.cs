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
    private static readonly Refusal NewAddress = new(RefusalKind.Conflict, "new_address", "The contact has not been seen with this address.");

    /// <summary>Decides what happens to the sender; the id is the one a new contact gets.</summary>
    /// <param name="from">The sender with the addresses that belong to this contact or to nobody yet.</param>
    public delegate IReadOnlyList<DomainEvent> Decide(ContactState state, ContactId id, InboundSender from, DateTimeOffset now);

    public async Task<Committed> RunAsync(
        WorkspaceId workspace, InboundSender sender, Decide decide, CancellationToken cancellationToken, SeenKey? seen = null)
    {
        ContactId[] ids = [.. sender.Identities.Select(i => ContactId.Of(workspace, i)).Distinct()];
        ContactId target = ids[0];
        Task<Result<Committed>> DecideAsync(InboundSender from, bool asKnown) => transactions.RunAsync(
            workspace, target,
            (state, now) => asKnown && Unfamiliar(state, from) is { } refusal ? refusal : Decision.Of(decide(state, state.Contact?.Id ?? target, from, now)),
            cancellationToken, seen);

        if (ids.Length == 1) return (await DecideAsync(sender, asKnown: false)).Value;
        InboundSender own = sender;
        Result<Committed> result = await DecideAsync(own, asKnown: true);
        if (!result.Accepted)
        {
            if (result.Refusal == Stranger) target = await KnownAsync(workspace, ids[1..], cancellationToken) ?? target;
            own = await OwnAsync(workspace, target, sender, cancellationToken);
            result = await DecideAsync(own, asKnown: false);
        }
        if (MayBeUnlinked(result.Value, own)) await LinkAsync(result.Value, own, cancellationToken);
        return result.Value;
    }

    /// <summary>Whether there is something to look up before the decision: who it is, or whom an address belongs to.</summary>
    private static Refusal? Unfamiliar(ContactState state, InboundSender from) =>
        state.Contact is not { } contact ? Stranger
        : from.Identities.All(i => contact.Identities.Any(known => known.Key == i.Key)) ? null
        : NewAddress;

    /// <summary>Without the addresses that are somebody else's: two contacts that exist are never made one by a message.</summary>
    private async Task<InboundSender> OwnAsync(WorkspaceId workspace, ContactId target, InboundSender sender, CancellationToken cancellationToken)
    {
        ContactId owner = (await store.LoadPrimaryAsync(workspace, target, cancellationToken)).Id;
        var own = new List<ContactIdentity>();
        foreach (ContactIdentity identity in sender.Identities)
        {
            ContactSnapshot holder = await store.LoadPrimaryAsync(workspace, ContactId.Of(workspace, identity), cancellationToken);
            if (holder.Id == owner || holder.State.Contact is null) own.Add(identity);
        }
        return sender with { Identities = own };
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
    private async Task LinkAsync(Committed committed, InboundSender own, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        foreach (ContactId other in own.Identities.Select(i => ContactId.Of(committed.Workspace, i)).Distinct().Where(id => id != committed.Contact))
        {
            var link = new Contact { Workspace = committed.Workspace, Id = other, MergedInto = committed.Contact, CreatedAt = now, UpdatedAt = now };
            await store.CommitAsync(
                new ContactSnapshot(committed.Workspace, other, ContactState.None, null, null),
                new ContactWrite(new ContactState(link, null), [], [], null, null, null), cancellationToken);
        }
    }
}
