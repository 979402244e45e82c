using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Functions.Storage;

/// <summary>On a clock of its own: queue delays pass at once, so that ten minutes take none.</summary>
public sealed class When_the_provider_is_down_for_ten_minutes
{
    private const int Contacts = 3;
    private const int Each = 5;

    private static readonly TimeSpan Outage = TimeSpan.FromMinutes(10);

    private readonly FakeClock _clock = new();
    private readonly Mock<IProvider> _provider = new(MockBehavior.Strict);
    private readonly Mock<IWorkQueues> _queues = new();
    private readonly List<(DateTimeOffset Due, OutboundWork Work)> _waiting = [];
    private readonly List<(ContactId Contact, string Text)> _arrived = [];
    private int _calls;

    [Theory]
    [InlineData("refuses connections", false)]
    [InlineData("answers 503", false)]
    [InlineData("answers 503", true)]
    [InlineData("says 429", false)]
    public async Task Sends_everything_once_and_in_order_when_it_is_back(string failure, bool canLookUp)
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        ProviderIs(failure, canLookUp);
        (ContactTransactions transactions, SendPending sender) = NewSender(storage);
        for (int contact = 0; contact < Contacts; contact++)
            for (int i = 0; i < Each; i++) await PostAsync(transactions, contact, $"{i}");

        int rounds = 0;
        while (_waiting.Count > 0)
        {
            (DateTimeOffset Due, OutboundWork Work) next = _waiting.MinBy(w => w.Due);
            _waiting.Remove(next);
            if (next.Due > _clock.GetUtcNow()) _clock.Advance(next.Due - _clock.GetUtcNow());
            await sender.RunAsync(next.Work.Workspace, next.Work.Contact, $"run {++rounds}", CancellationToken.None);
            Assert.InRange(rounds, 1, 2_000);
        }

        foreach (ContactId contact in Enumerable.Range(0, Contacts).Select(IdOf))
            Assert.Equal(Enumerable.Range(0, Each).Select(i => $"{i}"), _arrived.Where(a => a.Contact == contact).Select(a => a.Text));
        Assert.Equal(Contacts * Each, _arrived.Count);
        // A provider that is down is asked now and then, not without end; one that says when, then.
        Assert.InRange(_calls - _arrived.Count, Contacts, Contacts * (failure == "says 429" ? 90 : 30));
        Assert.InRange(_clock.GetUtcNow() - Given.Now, Outage, Outage + TimeSpan.FromMinutes(5));
    }

    private void ProviderIs(string failure, bool canLookUp)
    {
        _provider.Setup(p => p.Traits).Returns(new ProviderTraits
        {
            Name = "twilio", Types = [ChannelType.Sms], Credentials = [], MaximumTextLength = 1_600, DefaultRate = 80, CanLookUp = canLookUp,
        });
        _provider.Setup(p => p.SendAsync(It.IsAny<OutboundMessage>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((OutboundMessage message, CancellationToken _) => Answer(failure, message));
        _provider.Setup(p => p.LookUpAsync(
                It.IsAny<OutboundMessage>(), It.IsAny<DateTimeOffset>(), It.IsAny<Func<string, Task<bool>>>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(() => _clock.GetUtcNow() < Given.Now + Outage ? new LookupOutcome.Unavailable("503") : new LookupOutcome.NotFound());
    }

    private SendOutcome Answer(string failure, OutboundMessage message)
    {
        _calls++;
        if (_clock.GetUtcNow() < Given.Now + Outage)
            return failure switch
            {
                "answers 503" => new SendOutcome.ServerError(null, "503"),
                "says 429" => new SendOutcome.NotTaken(TimeSpan.FromSeconds(7), "429"),
                _ => new SendOutcome.NotTaken(null, "No connection."),
            };
        _arrived.Add((message.Message.Id.Contact, message.Message.Content.Text!));
        return new SendOutcome.Accepted($"SM{_arrived.Count}");
    }

    private (ContactTransactions, SendPending) NewSender(StorageUnderTest storage)
    {
        _queues.Setup(q => q.PutAsync(It.IsAny<WorkItem>(), It.IsAny<CancellationToken>(), It.IsAny<TimeSpan>()))
            .Callback((WorkItem item, CancellationToken _, TimeSpan delay) =>
            {
                if (item is OutboundWork work) _waiting.Add((_clock.GetUtcNow() + delay, work));
            })
            .Returns(Task.CompletedTask);
        var channels = new Mock<IChannelDirectory>();
        channels.Setup(c => c.FindAsync(Given.Workspace, Given.ChannelId(), It.IsAny<CancellationToken>())).ReturnsAsync(Given.Channel(type: ChannelType.Sms));
        channels.Setup(c => c.WebhookUrl(It.IsAny<Channel>())).Returns(new Uri("https://desk.example.test/"));
        var catalog = new Mock<IProviderCatalog>();
        catalog.Setup(c => c.Find("twilio")).Returns(_provider.Object);
        var random = new Mock<IRandomSource>();
        random.Setup(r => r.NextDouble()).Returns(0.5);
        var store = new TableContactStore(storage.Tables);
        var transactions = new ContactTransactions(store, new ContactLocks(), _clock);
        var dispatcher = new OutboxDispatcher(store, Mock.Of<IInboxIndex>(), Mock.Of<IContactIndex>(), Mock.Of<IEventFeed>(), _queues.Object, NoWorkflows.Fire());
        var carrier = new MessageCarrier(
            channels.Object, catalog.Object, store, Mock.Of<IMediaLinks>(), random.Object, transactions, dispatcher, _clock);
        return (transactions, new SendPending(store, dispatcher, carrier, _queues.Object, new SendLocks(), new SendPace(_clock), _clock));
    }

    private async Task PostAsync(ContactTransactions transactions, int contact, string text)
    {
        ContactId id = IdOf(contact);
        Result<Committed> posted = await transactions.RunAsync(
            Given.Workspace, id,
            (state, now) =>
            {
                var by = new OpenedBy(OpenedSource.User);
                IReadOnlyList<DomainEvent> events = CreateContact.ThenOpen(
                    state, Given.Workspace, id, Address(contact), Given.Channel(type: ChannelType.Sms), by, Actor.System, now).Events;
                ContactState open = state.Apply(events);
                var command = new PostMessageCommand(
                    open.Open!.Id, Actor.System, MessageContent.OfText(text), Given.Channel(type: ChannelType.Sms), _provider.Object.Traits);
                return Decision.Of([.. events, .. PostMessage.Decide(open, command, now).Events]);
            },
            CancellationToken.None);
        Assert.True(posted.Accepted);
        _waiting.Add((_clock.GetUtcNow(), new OutboundWork(Given.Workspace, id)));
    }

    private static ContactIdentity Address(int contact) => new(ChannelType.Sms, $"+1555000{1000 + contact}");

    private static ContactId IdOf(int contact) => ContactId.Of(Given.Workspace, Address(contact));
}
