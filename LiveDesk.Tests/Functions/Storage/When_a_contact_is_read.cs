using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Storage;

public sealed class When_a_contact_is_read
{
    private const int Messages = 270;

    [Fact]
    public async Task Shows_a_page_of_any_conversation_with_one_transaction()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        var store = new TableContactStore(storage.Tables);
        await FillAsync(store);
        IReadOnlyList<Message> newest = [], before = [];

        long first = await storage.CountAsync(async () => newest = await ListAsync(store, null, 50));
        long next = await storage.CountAsync(async () => before = await ListAsync(store, newest[0].Id, 50));

        Assert.Equal((1, 1), (first, next));
        Assert.Equal(Enumerable.Range(Messages - 50, 50), newest.Select(m => (int)m.Id.Sequence));
        Assert.Equal(Enumerable.Range(Messages - 100, 50), before.Select(m => (int)m.Id.Sequence));
    }

    [Fact]
    public async Task Shows_the_beginning_at_last_and_nothing_before_it()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        var store = new TableContactStore(storage.Tables);
        await FillAsync(store);

        IReadOnlyList<Message> all = await ListAsync(store, null, 1_000);
        IReadOnlyList<Message> none = await ListAsync(store, all[0].Id, 50);

        Assert.Equal(Enumerable.Range(0, Messages), all.Select(m => (int)m.Id.Sequence));
        Assert.Empty(none);
    }

    [Fact]
    public async Task Takes_no_short_page_for_the_end()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        await FillAsync(new TableContactStore(storage.Tables));
        Tables shortPages = ShortPages.Of(storage);
        var store = new TableContactStore(shortPages);

        ContactSnapshot contact = await store.LoadAsync(Given.Workspace, Given.ContactId, CancellationToken.None);
        IReadOnlyList<Message> newest = await ListAsync(store, null, 3);
        IReadOnlyList<Conversation> conversations = await store.ListConversationsAsync(
            Given.Workspace, Given.ContactId, ConversationId.MaximumNumber + 1, 5, CancellationToken.None);

        Assert.Equal(Given.ConversationId, contact.State.Open?.Id);
        Assert.NotNull(contact.ConversationVersion);
        Assert.Equal(3, newest.Count);
        Assert.Single(conversations);
    }

    [Fact]
    public async Task Tells_the_sender_who_has_opted_out()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        var store = new TableContactStore(storage.Tables);
        await FillAsync(store);

        await OptOutAsync(store, [Given.ChannelId(), Given.ChannelId(2)]);
        PendingWork both = await store.LoadPendingAsync(Given.Workspace, Given.ContactId, CancellationToken.None);
        await OptOutAsync(store, [Given.ChannelId(2)]);
        PendingWork one = await store.LoadPendingAsync(Given.Workspace, Given.ContactId, CancellationToken.None);

        Assert.Equal([Given.ChannelId(), Given.ChannelId(2)], both.OptedOut.OrderBy(c => c.Value));
        Assert.Equal([Given.ChannelId(2)], one.OptedOut);
    }

    private static async Task OptOutAsync(TableContactStore store, ChannelId[] channels)
    {
        ContactSnapshot read = await store.LoadAsync(Given.Workspace, Given.ContactId, CancellationToken.None);
        ContactState after = read.State with { Contact = read.State.Contact! with { OptedOutChannels = channels } };
        Assert.Equal(
            CommitOutcome.Committed, await store.CommitAsync(read, new ContactWrite(after, [], [], null, null, null), CancellationToken.None));
    }

    private static async Task FillAsync(TableContactStore store)
    {
        Message[] messages = [.. Enumerable.Range(0, Messages).Select(i => Given.Message(sequence: i) with { Id = IdOf(i) })];
        ContactSnapshot read = await store.LoadAsync(Given.Workspace, Given.ContactId, CancellationToken.None);
        foreach (Message[] some in messages.Chunk(90))
        {
            var write = new ContactWrite(Given.Talking(c => c with { NextSequence = some[^1].Id.Sequence + 1 }), some, [], null, null, null);
            Assert.Equal(CommitOutcome.Committed, await store.CommitAsync(read, write, CancellationToken.None));
            read = await store.LoadAsync(Given.Workspace, Given.ContactId, CancellationToken.None);
        }
    }

    // Three in each second, as an album brings them.
    private static MessageId IdOf(int number) => MessageId.Create(Given.ConversationId, Given.Now.AddSeconds(number / 3), number);

    private static Task<IReadOnlyList<Message>> ListAsync(TableContactStore store, MessageId? before, int limit) =>
        store.ListMessagesAsync(Given.Workspace, Given.ConversationId, before, limit, CancellationToken.None);
}
