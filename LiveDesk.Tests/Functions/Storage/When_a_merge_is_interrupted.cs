using Azure.Core;
using Azure.Data.Tables;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;
using Moq;

namespace LiveDesk.Tests.Functions.Storage;

/// <summary>At every write of the three transactions and of what they tell.</summary>
public sealed class When_a_merge_is_interrupted
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Comes_out_the_same_wherever_it_was()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        Desk sound = NewDesk(storage.Tables);
        int point = 0;
        bool crashed;
        do
        {
            point++;
            ContactId primary = await sound.ContactAsync($"+1555000{1000 + point}"), secondary = await sound.ContactAsync($"+1555001{1000 + point}");
            await sound.AskAsync(secondary);
            var work = new MergeWork(Given.Workspace, primary, secondary, Actor.System);
            crashed = await CrashesAsync(NewDesk(Crashing(storage, point)), work);

            await sound.Merge.ResumeAsync(work, CancellationToken.None); // the hidden item, which then shows up
            await AssertBegunMeansDoneAsync(sound, work);
            Result<ContactSnapshot> again = await sound.Merge.RunAsync(Given.Workspace, primary, secondary, Actor.System, CancellationToken.None);

            Assert.True(again.Accepted);
            await AssertMergedAsync(sound, work);
        }
        while (crashed);

        Assert.InRange(point, 10, 100);
        string[] told = [.. (await StorageUnderTest.RowsAsync(storage.Tables.Events)).Where(r => r.RowKey.StartsWith("e:", StringComparison.Ordinal))
            .Select(RowDocument.Read<FeedEvent>).Where(e => e.Type == "contact.merged").Select(e => e.Id)];
        Assert.Equal((point, point), (told.Length, told.Distinct().Count()));
        Assert.Equal(point, (await sound.Inbox.ListAsync(Given.Workspace, InboxViews.All(ConversationStatus.Open), 200, null, default)).Items.Count);
    }

    private static async Task<bool> CrashesAsync(Desk desk, MergeWork work)
    {
        try
        {
            await desk.Merge.RunAsync(work.Workspace, work.Primary, work.Secondary, work.By, CancellationToken.None);
            return false;
        }
        catch (WriteCrash.CrashedException)
        {
            return true;
        }
    }

    private static async Task AssertBegunMeansDoneAsync(Desk desk, MergeWork work)
    {
        Contact primary = await desk.LoadAsync(work.Primary), secondary = await desk.LoadAsync(work.Secondary);
        Assert.Null(primary.Merging);
        Assert.Equal(secondary.MergedInto is not null, primary.MergedFrom.Count == 1);
    }

    private static async Task AssertMergedAsync(Desk desk, MergeWork work)
    {
        Contact primary = await desk.LoadAsync(work.Primary), secondary = await desk.LoadAsync(work.Secondary);
        Assert.Equal((work.Primary, null), (secondary.MergedInto, secondary.OpenConversation));
        Assert.Equal([work.Secondary], primary.MergedFrom);
        Assert.Equal(2, primary.Identities.Count);
        Assert.Equal(secondary.Surveys.Select(s => s.Id), primary.Surveys.Select(s => s.Id));
        Assert.Single(primary.Surveys);
        Assert.NotNull(primary.OpenConversation);
        PendingWork left = await desk.Store.LoadPendingAsync(work.Workspace, work.Secondary, CancellationToken.None);
        PendingWork leftOfPrimary = await desk.Store.LoadPendingAsync(work.Workspace, work.Primary, CancellationToken.None);
        Assert.Empty(left.Entries);
        Assert.Empty(leftOfPrimary.Entries);
    }

    private static Tables Crashing(StorageUnderTest storage, int point)
    {
        var options = new TableClientOptions();
        options.AddPolicy(new WriteCrash(point), HttpPipelinePosition.PerCall);
        return new Tables(new TableServiceClient(storage.Account.ConnectionString, options));
    }

    private Desk NewDesk(Tables tables) => new(tables, _clock);

    private sealed class Desk
    {
        private readonly ContactTransactions _transactions;
        private readonly OutboxDispatcher _dispatcher;
        private readonly FakeClock _clock;

        public Desk(Tables tables, FakeClock clock)
        {
            var queues = new Mock<IWorkQueues>();
            queues.Setup(q => q.PutHiddenAsync(It.IsAny<WorkItem>(), It.IsAny<TimeSpan>(), It.IsAny<CancellationToken>()))
                .ReturnsAsync(new HiddenWork("merges", "1", "1", "{}"));
            _clock = clock;
            Store = new TableContactStore(tables);
            Inbox = new TableInboxIndex(tables);
            _transactions = new ContactTransactions(Store, new ContactLocks(), clock);
            _dispatcher = new OutboxDispatcher(Store, Inbox, new TableContactIndex(tables), new TableEventFeed(tables, clock), queues.Object, NoWorkflows.Fire());
            Merge = new MergeContacts(Store, _transactions, _dispatcher, queues.Object);
        }

        public TableContactStore Store { get; }

        public TableInboxIndex Inbox { get; }

        public MergeContacts Merge { get; }

        public async Task<Contact> LoadAsync(ContactId id) => (await Store.LoadAsync(Given.Workspace, id, CancellationToken.None)).State.Contact!;

        /// <summary>Somebody who has been asked for a score.</summary>
        public async Task AskAsync(ContactId contact)
        {
            var survey = new Survey(
                new SurveyId(new ConversationId(contact, 1), 1), Given.ChannelId(), Owner.None, null, _clock.GetUtcNow(),
                new SurveyState { Status = SurveyStatus.Sent, SentAt = _clock.GetUtcNow() });
            Result<Committed> asked = await _transactions.RunAsync(
                Given.Workspace, contact, (_, now) => new SurveyChanged(survey, now), CancellationToken.None);
            await _dispatcher.DispatchAsync(asked.Value, CancellationToken.None);
        }

        /// <summary>Somebody who has written.</summary>
        public async Task<ContactId> ContactAsync(string number)
        {
            var identity = new ContactIdentity(ChannelType.Sms, number);
            ContactId id = ContactId.Of(Given.Workspace, identity);
            Channel channel = Given.Channel(type: ChannelType.Sms);
            InboundMessage inbound = Given.Inbound(from: identity, providerId: number) with { OccurredAt = _clock.GetUtcNow() };
            Result<Committed> written = await _transactions.RunAsync(
                Given.Workspace, id, (state, now) => Decision.Of(ReceiveMessage.Decide(state, Given.Workspace, id, channel, inbound, now)),
                CancellationToken.None);
            await _dispatcher.DispatchAsync(written.Value, CancellationToken.None);
            return id;
        }
    }
}
