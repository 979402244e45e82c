using Azure.Data.Tables;
using LiveDesk.Domain.Events;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Storage;

public sealed class When_events_are_told_to_the_feed
{
    private readonly FakeClock _clock = new(Given.Now.AddMinutes(30));

    [Fact]
    public async Task Numbers_them_in_order_without_a_gap()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        using var feed = new TableEventFeed(storage.Tables, _clock);

        await AppendAsync(feed, Events(0, 3));
        await AppendAsync(feed, Events(3, 2));

        Assert.Equal(["e0", "e1", "e2", "e3", "e4"], await IdsAsync(storage, "2026030209"));
    }

    [Fact]
    public async Task Loses_and_repeats_nothing_of_two_instances_that_write_at_once()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        using var one = new TableEventFeed(storage.NewTables(), _clock);
        using var other = new TableEventFeed(storage.NewTables(), _clock);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => AppendAsync(i % 2 == 0 ? one : other, Events(i * 2, 2))));

        IReadOnlyList<string> ids = await IdsAsync(storage, "2026030209");
        Assert.Equal(Enumerable.Range(0, 120).Select(i => $"e{i}").Order(StringComparer.Ordinal), ids.Order(StringComparer.Ordinal));
        // What was told together stands together and in order.
        Assert.All(Enumerable.Range(0, 60), i => Assert.True(ids.ToList().IndexOf($"e{i * 2}") < ids.ToList().IndexOf($"e{(i * 2) + 1}")));
    }

    [Theory]
    [InlineData(49)]
    [InlineData(50)]
    [InlineData(150)]
    public async Task Takes_more_at_once_than_a_transaction_holds(int count)
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        using var feed = new TableEventFeed(storage.Tables, _clock);

        await AppendAsync(feed, Events(0, count));

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"e{i}"), await IdsAsync(storage, "2026030209"));
    }

    [Fact]
    public async Task Tells_what_was_told_before_no_second_time()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        using var one = new TableEventFeed(storage.NewTables(), _clock);
        using var other = new TableEventFeed(storage.NewTables(), _clock);
        await AppendAsync(one, Events(0, 3));

        await AppendAsync(other, Events(1, 3));
        await AppendAsync(one, Events(0, 4));
        await AppendAsync(one, [.. Events(4, 1), .. Events(4, 1)]);

        Assert.Equal(["e0", "e1", "e2", "e3", "e4"], await IdsAsync(storage, "2026030209"));
    }

    [Fact]
    public async Task Goes_on_in_a_new_partition_when_the_hour_turns()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        using var feed = new TableEventFeed(storage.Tables, _clock);
        await AppendAsync(feed, Events(0, 2));

        _clock.Advance(TimeSpan.FromHours(3));
        await AppendAsync(feed, Events(2, 2));

        Assert.Equal(["e0", "e1"], await IdsAsync(storage, "2026030209"));
        Assert.Equal(["e2", "e3"], await IdsAsync(storage, "2026030212"));
        TableEntity head = await storage.Tables.Events.GetEntityAsync<TableEntity>(FeedHour.PartitionOf(Given.Workspace, "2026030209"), FeedHour.HeadKey);
        Assert.Equal("2026030212", head.GetString("NextHour"));
    }

    [Fact]
    public async Task Tells_nothing_again_after_the_hour_has_turned()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        using var one = new TableEventFeed(storage.NewTables(), _clock);
        using var other = new TableEventFeed(storage.NewTables(), _clock);
        await AppendAsync(one, Events(0, 2));
        _clock.Advance(TimeSpan.FromHours(2));

        await AppendAsync(other, Events(1, 2));
        FeedEvent late = Events(0, 1)[0] with { OccurredAt = _clock.GetUtcNow(), ToldSince = Given.Now };
        await AppendAsync(one, [late]);

        Assert.Equal(["e0", "e1"], await IdsAsync(storage, "2026030209"));
        Assert.Equal(["e2"], await IdsAsync(storage, "2026030211"));
    }

    [Fact]
    public async Task Needs_one_transaction_for_what_has_just_happened()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        using var feed = new TableEventFeed(storage.Tables, _clock);
        await AppendAsync(feed, Events(0, 1));

        Assert.Equal(1, await storage.CountAsync(() => AppendAsync(feed, Events(1, 3))));
    }

    [Fact]
    public async Task Writes_no_more_into_an_hour_that_is_sealed()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        var late = new FakeClock(Given.Now.AddMinutes(30));
        using var fast = new TableEventFeed(storage.NewTables(), _clock);
        using var slow = new TableEventFeed(storage.NewTables(), late);
        await AppendAsync(slow, Events(0, 1));
        await AppendAsync(fast, Events(1, 1));

        _clock.Advance(TimeSpan.FromMinutes(31));
        await AppendAsync(fast, Events(2, 1));
        await AppendAsync(slow, Events(3, 1)); // its clock still says 9:30

        Assert.Equal(["e0", "e1"], await IdsAsync(storage, "2026030209"));
        Assert.Equal(["e2", "e3"], await IdsAsync(storage, "2026030210"));
    }

    [Fact]
    public async Task Turns_the_hour_once_however_many_try()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        TableEventFeed[] feeds = [.. Enumerable.Range(0, 4).Select(_ => new TableEventFeed(storage.NewTables(), _clock))];
        await Task.WhenAll(feeds.Select((f, i) => AppendAsync(f, Events(i, 1))));

        _clock.Advance(TimeSpan.FromHours(1));
        await Task.WhenAll(feeds.Select((f, i) => AppendAsync(f, Events(10 + (i * 10), 10))));

        Assert.Equal(4, (await IdsAsync(storage, "2026030209")).Count);
        Assert.Equal(40, (await IdsAsync(storage, "2026030210")).Distinct().Count());
        foreach (TableEventFeed feed in feeds) feed.Dispose();
    }

    [Fact]
    public async Task Keeps_workspaces_apart()
    {
        StorageUnderTest storage = await StorageUnderTest.CreateAsync();
        using var feed = new TableEventFeed(storage.Tables, _clock);
        await AppendAsync(feed, Events(0, 1));

        await feed.AppendAsync(LiveDesk.Domain.Workspaces.WorkspaceId.Parse("other"), Events(0, 1), CancellationToken.None);

        Assert.Equal(["e0"], await IdsAsync(storage, "2026030209"));
        Assert.Single(await StorageUnderTest.RowsAsync(storage.Tables.Events, "other:2026030209"), row => row.RowKey == FeedHour.EventKey(0));
    }

    private static Task AppendAsync(TableEventFeed feed, FeedEvent[] events) => feed.AppendAsync(Given.Workspace, events, CancellationToken.None);

    private static FeedEvent[] Events(int from, int count) =>
        [.. Enumerable.Range(from, count).Select(i => new FeedEvent($"e{i}", "message.received", Given.Now, "{}"))];

    /// <summary>In the order of their numbers, which must have no gap.</summary>
    private static async Task<IReadOnlyList<string>> IdsAsync(StorageUnderTest storage, string hour)
    {
        TableEntity[] rows =
        [
            .. (await StorageUnderTest.RowsAsync(storage.Tables.Events, FeedHour.PartitionOf(Given.Workspace, hour)))
                .Where(row => row.RowKey.StartsWith(FeedHour.EventPrefix, StringComparison.Ordinal)),
        ];
        Assert.Equal(Enumerable.Range(0, rows.Length).Select(i => FeedHour.EventKey(i)), rows.Select(row => row.RowKey));
        return [.. rows.Select(row => RowDocument.Read<FeedEvent>(row).Id)];
    }
}
