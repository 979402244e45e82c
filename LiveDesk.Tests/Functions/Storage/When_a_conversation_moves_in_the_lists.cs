using LiveDesk.Domain.Conversations;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Storage;

public sealed class When_a_conversation_moves_in_the_lists
{
    private static readonly string Open = InboxViews.All(ConversationStatus.Open);
    private static readonly string Closed = InboxViews.All(ConversationStatus.Closed);

    [Fact]
    public async Task Costs_one_transaction_when_it_stands_where_it_was_last_seen()
    {
        (StorageUnderTest storage, TableInboxIndex index) = await NewAsync();
        (InboxEntry first, InboxEntry second) = (Entry(1, version: 1), Entry(1, version: 2));

        Assert.Equal(1, await storage.CountAsync(() => MoveAsync(index, null, first)));
        Assert.Equal(1, await storage.CountAsync(() => MoveAsync(index, first, second)));
        Assert.Equal(1, await storage.CountAsync(() => index.ListAsync(Given.Workspace, Open, 50, null, CancellationToken.None)));
        Assert.Equal(second.Place.Activity, Assert.Single(await AllAsync(index, Open)).Conversation.LastActivityAt);
    }

    [Fact]
    public async Task Stands_in_no_list_that_it_has_left()
    {
        (_, TableInboxIndex index) = await NewAsync();
        InboxEntry nobody = Entry(1, version: 1), ana = Entry(1, version: 2, owner: Owner.Agent(Given.Ana, "Ana")), closed = Entry(1, version: 3, closed: true);

        await MoveAsync(index, null, nobody);
        await MoveAsync(index, nobody, ana);
        Assert.Empty(await AllAsync(index, InboxViews.Unassigned(ConversationStatus.Open)));
        Assert.Single(await AllAsync(index, InboxViews.OfAgent(ConversationStatus.Open, Given.Ana.Value)));
        await MoveAsync(index, ana, closed);

        Assert.Empty(await AllAsync(index, Open));
        Assert.Empty(await AllAsync(index, InboxViews.OfAgent(ConversationStatus.Open, Given.Ana.Value)));
        Assert.Single(await AllAsync(index, Closed));
    }

    [Fact]
    public async Task Is_mended_by_the_next_move_after_one_that_never_came()
    {
        (_, TableInboxIndex index) = await NewAsync();
        InboxEntry first = Entry(1, version: 1), lost = Entry(1, version: 2, owner: Owner.Agent(Given.Ana, "Ana")), third = Entry(1, version: 3);

        await MoveAsync(index, null, first);
        await MoveAsync(index, lost, third);

        Assert.Equal(third.Place.Activity, Assert.Single(await AllAsync(index, Open)).Conversation.LastActivityAt);
        Assert.Empty(await AllAsync(index, InboxViews.OfAgent(ConversationStatus.Open, Given.Ana.Value)));
    }

    [Fact]
    public async Task Is_mended_also_if_it_was_never_listed()
    {
        (_, TableInboxIndex index) = await NewAsync();

        await MoveAsync(index, Entry(1, version: 1), Entry(1, version: 2));

        Assert.Single(await AllAsync(index, Open));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public async Task Ignores_whoever_comes_late(int first, int second)
    {
        (_, TableInboxIndex index) = await NewAsync();
        InboxEntry[] places = [Entry(1, version: 1), Entry(1, version: 2, owner: Owner.Agent(Given.Ana, "Ana")), Entry(1, version: 3, closed: true)];

        await MoveAsync(index, null, places[0]);
        await MoveAsync(index, places[first - 1], places[first]);
        await MoveAsync(index, places[second - 1], places[second]);
        await MoveAsync(index, null, places[0]);

        Assert.Empty(await AllAsync(index, Open));
        Assert.Single(await AllAsync(index, Closed));
    }

    [Fact]
    public async Task Is_listed_once_however_often_it_is_told()
    {
        (StorageUnderTest storage, TableInboxIndex index) = await NewAsync();
        InboxEntry first = Entry(1, version: 1), second = Entry(1, version: 2);
        for (int i = 0; i < 3; i++) await MoveAsync(index, null, first);
        for (int i = 0; i < 3; i++) await MoveAsync(index, first, second);

        Assert.Single(await AllAsync(index, Open));
        Assert.Equal(second.Place.Views.Count + 1, (await StorageUnderTest.RowsAsync(storage.Tables.Inbox)).Count);
    }

    [Fact]
    public async Task Ends_at_the_newest_place_whoever_tells_it_when()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableInboxIndex[] instances = [new(storage.NewTables()), new(storage.NewTables())];
        InboxEntry[] places = [.. Enumerable.Range(1, 12).Select(v => Entry(1, v, owner: v % 2 == 0 ? Owner.Agent(Given.Ana, "Ana") : Owner.None))];
        await MoveAsync(instances[0], null, places[0]);

        await Task.WhenAll(Enumerable.Range(1, 11).Select(i => MoveAsync(instances[i % 2], places[i - 1], places[i])));

        Assert.Equal(places[^1].Place.Activity, Assert.Single(await AllAsync(instances[0], Open)).Conversation.LastActivityAt);
        Assert.Equal(places[^1].Place.Views.Count + 1, (await StorageUnderTest.RowsAsync(storage.Tables.Inbox)).Count);
    }

    [Fact]
    public async Task Disturbs_no_page_of_the_others()
    {
        (_, TableInboxIndex index) = await NewAsync();
        InboxEntry[] all = [.. Enumerable.Range(1, 30).Select(n => Entry(n, version: 1, minutes: n))];
        foreach (InboxEntry entry in all) await MoveAsync(index, null, entry);

        var seen = new List<ConversationId>();
        string? cursor = null;
        int moved = 0;
        do
        {
            PageOf<InboxItem> page = await index.ListAsync(Given.Workspace, Open, 7, cursor, CancellationToken.None);
            seen.AddRange(page.Items.Select(i => i.Conversation.Id));
            cursor = page.NextCursor;
            // The oldest one gets a message, and the one that the cursor stands on is closed.
            InboxEntry oldest = all[moved++];
            await MoveAsync(index, oldest, Entry(oldest.Conversation.Number, version: 2, minutes: 100 + moved));
            if (moved == 1) await MoveAsync(index, all[seen[^1].Number - 1], Entry(seen[^1].Number, version: 2, minutes: 200, closed: true));
        }
        while (cursor is not null);

        ConversationId[] still = [.. all.Skip(moved).Select(e => e.Conversation).Reverse()];
        Assert.Equal(still, seen.Where(still.Contains));
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Ends_with_the_last_page()
    {
        (_, TableInboxIndex index) = await NewAsync();
        foreach (int n in Enumerable.Range(1, 4)) await MoveAsync(index, null, Entry(n, version: 1, minutes: n));

        PageOf<InboxItem> first = await index.ListAsync(Given.Workspace, Open, 3, null, CancellationToken.None);
        PageOf<InboxItem> last = await index.ListAsync(Given.Workspace, Open, 3, first.NextCursor, CancellationToken.None);

        Assert.Equal([4, 3, 2], first.Items.Select(i => i.Conversation.Id.Number));
        Assert.Equal([1], last.Items.Select(i => i.Conversation.Id.Number));
        Assert.Null(last.NextCursor);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("b3Blbnx4")]
    public async Task Knows_its_own_cursors(string cursor)
    {
        (_, TableInboxIndex index) = await NewAsync();

        await Assert.ThrowsAsync<FormatException>(() => index.ListAsync(Given.Workspace, Open, 3, cursor, CancellationToken.None));
    }

    [Fact]
    public async Task Keeps_lists_with_odd_names_apart()
    {
        (_, TableInboxIndex index) = await NewAsync();
        string[] tags = ["a", "a|b", "a/b", "o'neill", "50%", "ñandú 😀"];
        for (int i = 0; i < tags.Length; i++) await MoveAsync(index, null, Entry(i + 1, version: 1, minutes: i, tag: tags[i]));

        for (int i = 0; i < tags.Length; i++)
            Assert.Equal(i + 1, Assert.Single(await AllAsync(index, InboxViews.OfTag(ConversationStatus.Open, tags[i]))).Conversation.Id.Number);
        Assert.Equal(tags.Length, (await AllAsync(index, Open)).Count);
    }

    private static async Task<(StorageUnderTest, TableInboxIndex)> NewAsync()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        return (storage, new TableInboxIndex(storage.Tables));
    }

    private static Task MoveAsync(TableInboxIndex index, InboxEntry? before, InboxEntry after) =>
        index.MoveAsync(Given.Workspace, before?.Place, after, CancellationToken.None);

    private static async Task<IReadOnlyList<InboxItem>> AllAsync(TableInboxIndex index, string view) =>
        (await index.ListAsync(Given.Workspace, view, 200, null, CancellationToken.None)).Items;

    private static InboxEntry Entry(int number, int version, int? minutes = null, Owner? owner = null, bool closed = false, string? tag = null)
    {
        Conversation conversation = Given.Conversation(number) with
        {
            Owner = owner ?? Owner.None,
            Status = closed ? ConversationStatus.Closed : ConversationStatus.Open,
            LastActivityAt = Given.Now.AddMinutes(minutes ?? version),
            Tags = tag is null ? [] : [tag],
        };
        return InboxViews.Entry(Given.Contact() with { NextSequence = version }, conversation);
    }
}
