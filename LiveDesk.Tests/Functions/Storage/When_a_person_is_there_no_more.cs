using Azure.Core;
using Azure.Data.Tables;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Domain.Messaging;
using LiveDesk.Tests.Functions.Webhooks;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Functions.Storage;

/// <summary>On real tables, with a clock and queues that the test holds.</summary>
public sealed class When_a_person_is_there_no_more
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Notices_the_end_of_a_heartbeat_once_and_costs_next_to_nothing_before()
    {
        Desk desk = await NewAsync();
        for (int beat = 0; beat < 40; beat++)
        {
            long spent = await desk.Storage.CountAsync(() => desk.SetAsync(Presence.Online, 2 * Minute));
            if (beat > 0) Assert.Equal(2, spent);
            await desk.RunAsync(30 * Second);
        }
        Assert.Equal(["online"], await desk.ToldAsync());
        // One look for three heartbeats or four, in twenty minutes.
        Assert.InRange(desk.Looks, 10, 14);

        await desk.RunAsync(10 * Minute);
        DateTimeOffset lastBeat = Given.Now + (39 * 30 * Second);
        Agent gone = await desk.AnaAsync();
        Assert.Equal((Presence.Offline, lastBeat + (2 * Minute)), (gone.Presence, gone.PresenceSince));
        Assert.Equal(["online", "offline"], await desk.ToldAsync());
    }

    [Fact]
    public async Task Notices_earlier_if_the_next_heartbeat_is_shorter()
    {
        Desk desk = await NewAsync();
        await desk.SetAsync(Presence.Online, TimeSpan.FromDays(1));
        await desk.SetAsync(Presence.Busy, 30 * Second);

        await desk.RunAsync(31 * Second);
        Assert.Equal(["online", "busy", "offline"], await desk.ToldAsync());
        await desk.RunAsync(TimeSpan.FromDays(2));
        Assert.Equal(["online", "busy", "offline"], await desk.ToldAsync());
    }

    [Fact]
    public async Task Tells_both_of_who_comes_back_before_anybody_noticed()
    {
        Desk desk = await NewAsync();
        await desk.SetAsync(Presence.Online, Minute);
        _clock.Advance(2 * Minute); // no queue was served

        await desk.SetAsync(Presence.Online, Minute);
        await desk.RunAsync(30 * Second);

        Assert.Equal(["online", "offline", "online"], await desk.ToldAsync());
        Assert.Equal(Presence.Online, (await desk.AnaAsync()).Presence);
    }

    [Fact]
    public async Task Tells_it_once_wherever_the_process_died()
    {
        Desk sound = await NewAsync();
        int point = 0;
        bool crashed;
        do
        {
            point++;
            await sound.SetAsync(Presence.Online, null);
            await sound.RunAsync(Minute);
            crashed = await CrashesAsync(() => sound.CrashingAt(point).SetAsync(Presence.Offline, null));
            await sound.RunAsync(Minute); // the hidden item shows up
            Presence written = (await sound.AnaAsync()).Presence;
            Assert.Equal(written == Presence.Offline ? "offline" : "online", (await sound.ToldAsync())[^1]);
        }
        while (crashed);

        Assert.InRange(point, 3, 20);
        string[] told = await sound.ToldAsync();
        Assert.DoesNotContain(told.Zip(told.Skip(1)), pair => pair.First == pair.Second);
    }

    [Fact]
    public async Task Takes_what_customers_wait_for_when_the_time_to_come_back_is_over()
    {
        Desk desk = await NewAsync();
        await desk.SetAsync(Presence.Online, null);
        ConversationId waits = await desk.GivenAsync(1), answered = await desk.GivenAsync(2);
        await desk.RepliesAsync(answered);
        await desk.SetAsync(Presence.Offline, null);

        await desk.RunAsync(5 * Minute - Second);
        Assert.Equal(Given.Ana.Value, (await desk.FindAsync(waits)).Owner.Id);
        await desk.RunAsync(2 * Second);
        Assert.Equal(OwnerKind.None, (await desk.FindAsync(waits)).Owner.Kind);
        Assert.Equal((Given.Ana.Value, true), ((await desk.FindAsync(answered)).Owner.Id, (await desk.FindAsync(answered)).OwnerAway));
        Assert.Contains(desk.Queued, w => w is AssignmentWork work && work.Conversation == waits);

        await desk.WritesAsync(2, "again");
        await desk.RunAsync(Second);
        Assert.Equal(OwnerKind.None, (await desk.FindAsync(answered)).Owner.Kind);
        Assert.Contains(desk.Queued, w => w is AssignmentWork work && work.Conversation == answered);
    }

    [Fact]
    public async Task Leaves_everything_to_who_comes_back_in_time()
    {
        Desk desk = await NewAsync();
        await desk.SetAsync(Presence.Online, null);
        ConversationId waits = await desk.GivenAsync(1);
        await desk.SetAsync(Presence.Offline, null);
        await desk.RunAsync(4 * Minute);
        await desk.SetAsync(Presence.Online, null);
        await desk.RunAsync(10 * Minute);
        Assert.Equal(Given.Ana.Value, (await desk.FindAsync(waits)).Owner.Id);

        // Gone again: the time counts from the second departure.
        await desk.SetAsync(Presence.Offline, null);
        await desk.RunAsync(4 * Minute);
        Assert.Equal(Given.Ana.Value, (await desk.FindAsync(waits)).Owner.Id);
        await desk.RunAsync(2 * Minute);
        Assert.Equal(OwnerKind.None, (await desk.FindAsync(waits)).Owner.Kind);
    }

    [Fact]
    public async Task Leaves_the_conversation_to_who_comes_back_or_answers_at_that_very_moment()
    {
        Desk desk = await NewAsync();
        await desk.SetAsync(Presence.Online, null);
        ConversationId returns = await desk.GivenAsync(1);
        await desk.SetAsync(Presence.Offline, null);
        _clock.Advance(5 * Minute);
        await desk.SetAsync(Presence.Busy, null);
        await desk.RunAsync(Minute);
        Assert.Equal(Given.Ana.Value, (await desk.FindAsync(returns)).Owner.Id);

        await desk.SetAsync(Presence.Offline, null);
        _clock.Advance(5 * Minute);
        await desk.RepliesAsync(returns); // from a telephone, without being there
        await desk.RunAsync(Minute);
        Assert.Equal(Given.Ana.Value, (await desk.FindAsync(returns)).Owner.Id);
    }

    [Fact]
    public async Task Counts_from_the_assignment_if_somebody_gives_it_to_who_is_not_there()
    {
        Desk desk = await NewAsync();
        await desk.SetAsync(Presence.Offline, null);
        await desk.RunAsync(TimeSpan.FromHours(1));
        ConversationId given = await desk.GivenAsync(1);

        await desk.RunAsync(4 * Minute);
        Assert.Equal(Given.Ana.Value, (await desk.FindAsync(given)).Owner.Id);
        await desk.RunAsync(2 * Minute);
        Assert.Equal(OwnerKind.None, (await desk.FindAsync(given)).Owner.Kind);
    }

    private static async Task<bool> CrashesAsync(Func<Task> work)
    {
        try
        {
            await work();
            return false;
        }
        catch (WriteCrash.CrashedException)
        {
            return true;
        }
    }

    private async Task<Desk> NewAsync()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        var desk = new Desk(storage, storage.Tables, _clock, new ClockedQueues(_clock));
        await desk.HireAsync();
        return desk;
    }

    private sealed class Desk
    {
        private readonly FakeClock _clock;
        private readonly ClockedQueues _queues;
        private readonly TableDeskStore _desk;
        private readonly TableContactStore _contacts;
        private readonly ContactTransactions _transactions;
        private readonly OutboxDispatcher _dispatcher;
        private readonly ManagePresence _presence;
        private readonly OwnerAway _away;
        private readonly Channel _channel = Given.Channel(type: ChannelType.Sms) with
        {
            Settings = new ChannelSettings { Assignment = new AssignmentSettings { ReassignWhenOffline = 5 * Minute } },
        };

        public Desk(StorageUnderTest storage, Tables tables, FakeClock clock, ClockedQueues queues)
        {
            (Storage, _clock, _queues) = (storage, clock, queues);
            var channels = new Mock<IChannelDirectory>();
            channels.Setup(c => c.ListAsync(Given.Workspace, It.IsAny<CancellationToken>())).ReturnsAsync([new ChannelSnapshot(_channel, "1")]);
            channels.Setup(c => c.FindAsync(Given.Workspace, _channel.Id, It.IsAny<CancellationToken>())).ReturnsAsync(_channel);
            _desk = new TableDeskStore(tables);
            _contacts = new TableContactStore(tables);
            var inbox = new TableInboxIndex(tables);
            var feed = new TableEventFeed(tables, clock);
            _transactions = new ContactTransactions(_contacts, new ContactLocks(), clock);
            _dispatcher = new OutboxDispatcher(_contacts, inbox, new TableContactIndex(tables), feed, queues, NoWorkflows.Fire());
            var release = new ReleaseConversations(inbox, _contacts, channels.Object, Mock.Of<IResourceStore<AiAgent>>(), _transactions, _dispatcher, queues);
            _away = new OwnerAway(_desk, channels.Object, inbox, release, new ContactDesk(_transactions, _dispatcher, queues), queues, clock);
            _presence = new ManagePresence(_desk, feed, _away, queues, clock);
        }

        public StorageUnderTest Storage { get; }

        /// <summary>How often somebody looked whether the heartbeat goes on.</summary>
        public int Looks { get; private set; }

        /// <summary>What was left to others.</summary>
        public List<WorkItem> Queued { get; } = [];

        public Desk CrashingAt(int point)
        {
            var options = new TableClientOptions();
            options.AddPolicy(new WriteCrash(point), HttpPipelinePosition.PerCall);
            return new Desk(Storage, new Tables(new TableServiceClient(Storage.Account.ConnectionString, options)), _clock, _queues);
        }

        public Task<AgentSnapshot> HireAsync() => _desk.AddAgentAsync(
            new Agent { Workspace = Given.Workspace, Id = Given.Ana, Name = "Ana", CreatedAt = Given.Now }, CancellationToken.None);

        public async Task<Agent> AnaAsync() => (await _desk.FindAgentAsync(Given.Workspace, Given.Ana, CancellationToken.None))!.Agent;

        public async Task SetAsync(Presence presence, TimeSpan? lasts) =>
            Assert.Null((await _presence.SetAsync(Given.Workspace, Given.Ana, presence, lasts, null, CancellationToken.None)).Refusal);

        /// <summary>Serves the queue.</summary>
        public Task RunAsync(TimeSpan span) => _queues.RunAsync(span, async (item, _) =>
        {
            if (item is PresenceWork look)
            {
                Looks++;
                await _presence.LookAsync(look, CancellationToken.None);
            }
            else if (item is OwnerAwayWork gone) await _away.RunAsync(gone, CancellationToken.None);
            else if (item is SlotWork slot) await _away.GivenAsync(Given.Workspace, await FindAsync(slot.Conversation), CancellationToken.None);
            else Queued.Add(item);
        });

        public async Task<string[]> ToldAsync() =>
            [.. (await StorageUnderTest.RowsAsync(Storage.Tables.Events)).Where(r => r.RowKey.StartsWith("e:", StringComparison.Ordinal))
                .OrderBy(r => r.PartitionKey, StringComparer.Ordinal).ThenBy(r => r.RowKey, StringComparer.Ordinal)
                .Select(RowDocument.Read<FeedEvent>).Where(e => e.Type == "agent.presence")
                .Select(e => (string)System.Text.Json.Nodes.JsonNode.Parse(e.Data)!["status"]!)];

        public async Task<ConversationId> WritesAsync(int customer, string providerId)
        {
            var identity = new ContactIdentity(ChannelType.Sms, $"+1555000{1000 + customer}");
            ContactId id = ContactId.Of(Given.Workspace, identity);
            InboundMessage inbound = Given.Inbound(from: identity, providerId: providerId) with { OccurredAt = _clock.GetUtcNow() };
            return (await RunAsync(id, (state, now) => Decision.Of(ReceiveMessage.Decide(state, Given.Workspace, id, _channel, inbound, now)))).Latest!.Id;
        }

        /// <summary>A customer who has written, and whose conversation Ana has.</summary>
        public async Task<ConversationId> GivenAsync(int customer)
        {
            ConversationId id = await WritesAsync(customer, "first");
            var command = new AssignCommand(id, Owner.Agent(Given.Ana, "Ana"), null, "manual", Actor.System);
            await RunAsync(id.Contact, (state, now) => AssignConversation.Decide(state, command, now));
            return id;
        }

        public Task<ContactState> RepliesAsync(ConversationId id)
        {
            var command = new PostMessageCommand(
                id, new Actor(ActorKind.Agent, Given.Ana.Value, "Ana"), MessageContent.OfText("Done."), _channel, Some.Traits);
            return RunAsync(id.Contact, (state, now) => PostMessage.Decide(state, command, now));
        }

        public async Task<Conversation> FindAsync(ConversationId id) =>
            (await _contacts.FindConversationAsync(Given.Workspace, id, CancellationToken.None))!.Conversation;

        private async Task<ContactState> RunAsync(ContactId contact, ContactTransactions.Decide decide)
        {
            Result<Committed> done = await _transactions.RunAsync(Given.Workspace, contact, decide, CancellationToken.None);
            Assert.Null(done.Refusal);
            await _dispatcher.DispatchAsync(done.Value, CancellationToken.None);
            return done.Value.After;
        }
    }
}
