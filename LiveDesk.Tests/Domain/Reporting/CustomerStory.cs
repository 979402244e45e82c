using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Reporting;

/// <summary>What happens to one customer, told event by event; each close leaves its work for the facts.</summary>
internal sealed class CustomerStory
{
    private static readonly Actor Customer = new(ActorKind.Contact);
    private ContactState _state;
    private long _sequence = 100;

    public CustomerStory(string number)
    {
        var identity = new ContactIdentity(LiveDesk.Domain.Channels.ChannelType.WhatsApp, number);
        _state = new ContactState(Given.Contact(identity) with { Id = ContactId.Of(Given.Workspace, identity) }, null);
    }

    public List<CycleWork> Closed { get; } = [];

    public Conversation Latest => _state.Latest!;

    public static DateTimeOffset At(string instant) => DateTimeOffset.Parse($"{instant}Z", System.Globalization.CultureInfo.InvariantCulture);

    public CustomerStory Writes(string at)
    {
        if (_state.Open is null)
        {
            var id = new ConversationId(_state.Contact!.Id, _state.Contact.Conversations + 1);
            Happens(new ConversationOpened(
                new Conversation
                {
                    Id = id, Channel = Given.ChannelId(), OpenedAt = At(at), OpenedBy = new OpenedBy(OpenedSource.Contact), LastActivityAt = At(at),
                },
                Customer, At(at)));
        }
        return Happens(new MessageReceived(
            NewMessage(at, MessageDirection.In, Customer), _state.Contact!.Identities[0], Given.ChannelId(), At(at)));
    }

    public CustomerStory Posts(string at, ActorKind kind, string? id = null, MessageDirection direction = MessageDirection.Out) =>
        Happens(new MessagePosted(NewMessage(at, direction, new Actor(kind, id)), null, At(at)));

    public CustomerStory Replies(string at, AgentId person) => Posts(at, ActorKind.Agent, person.Value);

    public CustomerStory GoesTo(string at, Owner owner, string? team = null) =>
        Happens(new ConversationAssigned(Latest.Id, owner, Latest.Owner, team, "manual", Actor.System, At(at)));

    public CustomerStory Snoozes(string at) => Happens(new ConversationSnoozed(Latest.Id, null, Actor.System, At(at)));

    public CustomerStory Wakes(string at) => Happens(new ConversationWoken(Latest.Id, "manual", Actor.System, At(at)));

    public CustomerStory Reopens(string at) => Happens(new ConversationReopened(Latest.Id, Latest.Owner, Actor.System, At(at)));

    public CustomerStory Closes(string at, ClosedSource source, string? category = null, bool takesOwner = false)
    {
        var closed = new ConversationClosed(
            Latest.Id, new ClosedBy(source), category is null ? null : new ClosingNote(category, "a secret"), Actor.System, At(at));
        DomainEvent[] events = takesOwner
            ? [closed, new ConversationUnassigned(Latest.Id, Latest.Owner, "manual_close", Actor.System, At(at))]
            : [closed];
        _state = _state.Apply(events);
        Closed.Add(CycleWork.Of(Given.Workspace, new OutboxEntry(1, events, _state.Contact, _state.Latest), closed)!);
        return this;
    }

    private CustomerStory Happens(DomainEvent happened)
    {
        _state = _state.Apply(happened);
        return this;
    }

    private Message NewMessage(string at, MessageDirection direction, Actor author) => Given.Message() with
    {
        Id = MessageId.Create(Latest.Id, At(at), _sequence++),
        Direction = direction,
        Author = author,
        OccurredAt = At(at),
        ReceivedAt = At(at),
    };
}
