using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>
/// Takes a customer's personal data out of the desk and leaves what is counted. The head of the contact is emptied at once, and with it the lists;
/// everything else is cleaned by a work item, which may come again at any time.
/// </summary>
public sealed class EraseContact(ContactTransactions transactions, OutboxDispatcher dispatcher, IWorkQueues queues, TimeProvider time)
{
    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    /// <param name="condition">Held against the contact before anything is changed.</param>
    public async Task<Result<ContactId>> RunAsync(
        WorkspaceId workspace, ContactId id, Actor by, ContactTransactions.Condition? condition, CancellationToken cancellationToken)
    {
        HiddenWork work = await queues.PutHiddenAsync(new ErasureWork(workspace, id, time.GetUtcNow()), SafetyDelay, cancellationToken);
        Result<Committed> erased = await transactions.RunAsync(
            workspace, id, (state, now) => Decide(state, id, by, now), cancellationToken, condition: condition);
        if (erased.Refusal is { } refusal)
        {
            await queues.RemoveAsync(work, cancellationToken);
            return refusal;
        }
        await dispatcher.DispatchAsync(erased.Value, cancellationToken);
        await queues.RevealAsync(work, cancellationToken);
        return erased.Value.Contact;
    }

    /// <param name="id">The contact that was named; one that leads to another erases nobody.</param>
    public static Decision Decide(ContactState state, ContactId id, Actor by, DateTimeOffset now)
    {
        if (state.Contact is not { IsErased: false } contact) return Refusal.NotFound("contact");
        if (contact.Id != id) return MergeRules.Merged(id, contact.Id);
        // Else what the other one brings along would come to an erased contact.
        if (contact.Merging is not null) return MergeRules.Busy;
        var erased = new ContactUpdated(Emptied(contact, now), ["erased"], now);
        return state.Open is { } open
            ? Decision.Of(erased, new ConversationClosed(open.Id, new ClosedBy(ClosedSource.User, by.Id), null, by, now))
            : erased;
    }

    /// <summary>Id, counters and times stay; that a customer has opted out or is blocked is not forgotten either.</summary>
    public static Contact Emptied(Contact contact, DateTimeOffset now) => contact with
    {
        Name = null,
        Language = null,
        Identities = [],
        Tags = [],
        Attributes = new Dictionary<string, string>(),
        LastInboundAt = new Dictionary<string, DateTimeOffset>(),
        Surveys = [.. contact.Surveys.Select(s => s with { State = s.State with { Answer = s.State.Answer is { } given ? given with { Comment = null } : null } })],
        ErasedAt = now,
    };

    public static Conversation Emptied(Conversation conversation) => conversation with
    {
        LastMessage = conversation.LastMessage is { } last ? last with { Preview = "" } : null,
        ClosingNote = conversation.ClosingNote is { } note ? note with { Summary = null } : null,
    };

    /// <summary>That there was a message, of which kind, when, by whom and how it went.</summary>
    public static Message Emptied(Message message) => message with
    {
        Author = message.Author.Kind == ActorKind.Contact ? message.Author with { Name = null } : message.Author,
        Content = new MessageContent { Kind = message.Content.Kind },
        ProviderId = null,
        Attempts = [.. message.Attempts.Select(a => a with { ProviderId = null })],
    };
}
