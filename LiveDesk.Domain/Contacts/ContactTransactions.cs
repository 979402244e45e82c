using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>What a transaction on a contact did.</summary>
/// <param name="Repeated">Set when the effect had already happened under the same key; then nothing was written.</param>
public sealed record Committed(
    ContactSnapshot Before, ContactState After, IReadOnlyList<DomainEvent> Events, OutboxEntry? Outbox, SeenRecord? Repeated)
{
    public ContactId Contact => Before.Id;

    public WorkspaceId Workspace => Before.Workspace;

    public Message Message => Events.OfType<MessagePosted>().Select(e => e.Message).FirstOrDefault()
        ?? Events.OfType<MessageReceived>().Select(e => e.Message).First();
}

/// <summary>Too many others wrote the same contact at the same time; the whole step is to be tried again later.</summary>
public sealed class ContactBusyException(ContactId contact) : Exception($"Contact {contact} is written to by too many at once.");

/// <summary>
/// Read, decide, write in one transaction; on a conflict read and decide again, at most <see cref="Attempts"/> times.
/// </summary>
public sealed class ContactTransactions(IContactStore store, ContactLocks locks, TimeProvider time)
{
    public const int Attempts = 20;

    /// <summary>Decides what happens to a contact; gets the state and the instant of the decision.</summary>
    public delegate Decision Decide(ContactState state, DateTimeOffset now);

    /// <summary>Refuses what must not be decided on a state in this version; asked again after every conflict.</summary>
    public delegate Refusal? Condition(ContactSnapshot snapshot);

    /// <param name="contact">A merged contact leads to the one it was merged into.</param>
    /// <param name="seen">The decision's effect happens once under this key.</param>
    /// <param name="read">The contact as the caller has just read it; spares the first read.</param>
    /// <param name="condition">Looked at before each decision; null: any version will do.</param>
    /// <exception cref="ContactBusyException">All attempts met a conflict.</exception>
    public async Task<Result<Committed>> RunAsync(
        WorkspaceId workspace, ContactId contact, Decide decide, CancellationToken cancellationToken, SeenKey? seen = null, string? fingerprint = null,
        ContactSnapshot? read = null, Condition? condition = null)
    {
        using IDisposable held = await locks.EnterAsync(contact, cancellationToken);
        ContactId asked = contact;
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            ContactSnapshot snapshot = await store.LoadPrimaryAsync(workspace, contact, cancellationToken, read);
            (read, contact) = (null, snapshot.Id);
            if (contact != asked && seen is not null
                && await store.FindSeenOnTheWayAsync(workspace, asked, seen, cancellationToken) is { } before)
                return new Committed(snapshot, snapshot.State, [], null, before);

            if (condition?.Invoke(snapshot) is { } unfit) return unfit;
            DateTimeOffset now = time.GetUtcNow();
            Decision decision = decide(snapshot.State, now);
            if (decision.Refusal is { } refusal) return refusal;
            if (decision.Events.Count == 0) return new Committed(snapshot, snapshot.State, [], null, null);

            ContactWrite write = ContactWrites.Of(snapshot.State, decision.Events, seen, fingerprint, now);
            switch (await store.CommitAsync(snapshot, write, cancellationToken))
            {
                case CommitOutcome.Committed:
                    return new Committed(snapshot, write.After, decision.Events, write.Outbox, null);
                case CommitOutcome.AlreadySeen:
                    SeenRecord? record = await store.FindSeenAsync(workspace, contact, seen!, cancellationToken);
                    if (record is not null) return new Committed(snapshot, snapshot.State, [], null, record);
                    break;
                case CommitOutcome.Conflict:
                    break;
            }
        }
        throw new ContactBusyException(contact);
    }
}

/// <summary>What a decision's events mean for the rows of the partition.</summary>
internal static class ContactWrites
{
    public static ContactWrite Of(ContactState before, IReadOnlyList<DomainEvent> events, SeenKey? seen, string? fingerprint, DateTimeOffset now)
    {
        ContactState after = before.Apply(events);
        var messages = new List<Message>();
        var sends = new List<PendingSend>();
        foreach (DomainEvent e in events)
        {
            if (e is MessageReceived received) messages.Add(received.Message);
            if (e is MessagePosted posted)
            {
                messages.Add(posted.Message);
                if (posted.To is { } to) sends.Add(new PendingSend(posted.Message, to, Window(after.Contact!, posted), Owed: posted.Owed));
            }
            ConversationId? home = e is SurveyChanged about ? Surveys.HomeOf(about.Survey, after) : null;
            if (e is SurveyChanged && home is null) continue;
            if (Timeline.Entry(e, after.Contact!.NextSequence, home) is { } entry)
            {
                messages.Add(entry);
                after = after with { Contact = after.Contact with { NextSequence = after.Contact.NextSequence + 1 } };
            }
        }
        long sequence = after.Contact!.NextSequence;
        after = after with { Contact = after.Contact with { NextSequence = sequence + 1 } };
        MessageId? first = messages.FirstOrDefault(m => m.Direction != MessageDirection.Event)?.Id;
        InboxPlace? place = before.Latest is { } latest && latest.Id == after.Latest?.Id ? InboxViews.Place(before.Contact!, latest) : null;
        return new ContactWrite(
            after, messages, sends, new OutboxEntry(sequence, events, after.Contact, after.Latest, place), seen,
            seen is null ? null : new SeenRecord(first, fingerprint, now));
    }

    private static DateTimeOffset? Window(Contact contact, MessagePosted posted) =>
        posted.Message.Content.Template is null ? contact.WindowExpiresAt(posted.Message.Channel!.Value, posted.To!.ChannelType) : null;
}
