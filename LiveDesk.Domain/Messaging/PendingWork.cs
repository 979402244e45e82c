using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Messaging;

/// <summary>The lease that keeps the sends of one contact in order.</summary>
/// <param name="Version">The store's; null if there is no lane row yet.</param>
public sealed record Lane(string? Holder, DateTimeOffset? Until, string? Version)
{
    public static readonly Lane Free = new(null, null, null);

    public bool IsHeldByAnother(string holder, DateTimeOffset now) => Holder is not null && Holder != holder && Until > now;
}

public sealed record PendingSendSnapshot(long Sequence, PendingSend Send, string Version);

/// <summary>One read of the outbox range of a contact.</summary>
public sealed record PendingWork(Lane Lane, IReadOnlyList<PendingSendSnapshot> Sends, IReadOnlyList<OutboxEntry> Entries)
{
    /// <summary>The channels on which the contact has asked for no more messages.</summary>
    public IReadOnlyList<ChannelId> OptedOut { get; init; } = [];
}

/// <summary>The versions after a change of the outbox range; null where that row was not written.</summary>
public sealed record PendingVersions(string? Lane, string? Send);

/// <summary>A change of the outbox range, in one transaction.</summary>
public sealed record PendingWrite
{
    /// <summary>The lane as it was read, and as it shall be; null leaves it alone.</summary>
    public (Lane Read, string? Holder, DateTimeOffset? Until)? Lane { get; init; }

    /// <summary>The send as it was read and as it shall be; null removes it.</summary>
    public (PendingSendSnapshot Read, PendingSend? Next)? Send { get; init; }

    /// <summary>A message row to replace; the send row's version guards it, or its own.</summary>
    public (Message Message, string? Version)? Message { get; init; }

    /// <summary>A row that finds the message by the provider's id.</summary>
    public (SeenKey Key, SeenRecord Record)? Seen { get; init; }

    /// <summary>A row that must not be there yet: the effect happens once under this key.</summary>
    public (SeenKey Key, SeenRecord Record)? Once { get; init; }

    /// <summary>A send to put in the contact's line.</summary>
    public PendingSend? AddSend { get; init; }

    public OutboxEntry? AddEntry { get; init; }
    public IReadOnlyList<long> RemoveEntries { get; init; } = [];
}
