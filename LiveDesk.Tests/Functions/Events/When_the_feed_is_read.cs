using Azure.Data.Tables;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Events;

public sealed class When_the_feed_is_read
{
    private static readonly WorkspaceId Main = WorkspaceId.Parse("main");
    private static readonly WorkspaceId Other = WorkspaceId.Parse("other");

    private readonly FakeClock _clock = new();

    [Fact]
    public async Task Tells_every_event_once_in_order_over_hours_without_any()
    {
        Tables tables = await NewTablesAsync();
        using var feed = new TableEventFeed(tables, _clock);
        var reader = new TableEventReader(tables, _clock);
        FeedPosition start = await reader.EndAsync(Main, null, default);

        await feed.AppendAsync(Main, Lines(0, 3), default);
        _clock.Advance(TimeSpan.FromHours(1));
        await feed.AppendAsync(Main, Lines(3, 2), default);
        _clock.Advance(TimeSpan.FromHours(30));
        await feed.AppendAsync(Other, Lines(100, 2), default);
        await feed.AppendAsync(Main, Lines(5, 4), default);

        Assert.Equal(Ids(0, 9), (await reader.ReadAsync(Main, start, 100, default)).Items.Select(e => e.Id));
        Assert.Equal(Ids(0, 9), await ReadAllAsync(reader, start, 1));
        Assert.Equal(Ids(0, 9), await ReadAllAsync(reader, start, 4));
    }

    [Fact]
    public async Task Begins_with_the_first_hour_written_if_nothing_was_written_in_the_hour_of_the_place()
    {
        Tables tables = await NewTablesAsync();
        using var feed = new TableEventFeed(tables, _clock);
        var reader = new TableEventReader(tables, _clock);
        FeedPosition before = await reader.EndAsync(Main, null, default);
        Assert.Empty((await reader.ReadAsync(Main, before, 10, default)).Items);

        _clock.Advance(TimeSpan.FromHours(5));
        await feed.AppendAsync(Main, Lines(0, 2), default);

        Assert.Equal(Ids(0, 2), (await reader.ReadAsync(Main, before, 10, default)).Items.Select(e => e.Id));
    }

    [Fact]
    public async Task Ends_behind_the_newest_event()
    {
        Tables tables = await NewTablesAsync();
        using var feed = new TableEventFeed(tables, _clock);
        var reader = new TableEventReader(tables, _clock);
        await feed.AppendAsync(Main, Lines(0, 3), default);
        FeedPosition first = await reader.EndAsync(Main, null, default);
        _clock.Advance(TimeSpan.FromHours(3));
        await feed.AppendAsync(Main, Lines(3, 2), default);

        FeedPosition later = await reader.EndAsync(Main, first, default);

        Assert.Equal(later, await reader.EndAsync(Main, null, default));
        Assert.True(later > first);
        Assert.Empty((await reader.ReadAsync(Main, later, 10, default)).Items);
        Assert.Equal(Ids(3, 2), (await reader.ReadAsync(Main, first, 10, default)).Items.Select(e => e.Id));
    }

    [Fact]
    public async Task Passes_over_what_has_been_erased()
    {
        Tables tables = await NewTablesAsync();
        using var feed = new TableEventFeed(tables, _clock);
        var reader = new TableEventReader(tables, _clock);
        FeedPosition start = await reader.EndAsync(Main, null, default);
        await feed.AppendAsync(Main, Lines(0, 4), default);
        await tables.Events.DeleteEntityAsync(FeedHour.PartitionOf(Main, start.Hour), FeedHour.EventKey(1));

        Assert.Equal(["e0", "e2", "e3"], (await reader.ReadAsync(Main, start, 10, default)).Items.Select(e => e.Id));
    }

    [Fact]
    public async Task Begins_with_what_is_kept_once_old_hours_are_deleted()
    {
        Tables tables = await NewTablesAsync();
        using var feed = new TableEventFeed(tables, _clock);
        var reader = new TableEventReader(tables, _clock);
        FeedPosition start = await reader.EndAsync(Main, null, default);
        await feed.AppendAsync(Main, Lines(0, 49), default);
        await feed.AppendAsync(Main, Lines(49, 49), default);
        await feed.AppendAsync(Main, Lines(98, 20), default);
        await feed.AppendAsync(Other, Lines(500, 2), default);
        _clock.Advance(TimeSpan.FromDays(2));
        FeedPosition kept = await reader.EndAsync(Main, null, default);
        await feed.AppendAsync(Main, Lines(200, 3), default);
        var sweep = new FeedSweep(tables);

        // The other workspace still writes to its only hour, however old that is.
        Assert.Equal(0, await sweep.DeleteBeforeAsync(_clock.GetUtcNow().AddDays(-3), default));
        Assert.Equal(1, await sweep.DeleteBeforeAsync(_clock.GetUtcNow().AddDays(-1), default));
        Assert.Equal(0, await sweep.DeleteBeforeAsync(_clock.GetUtcNow().AddDays(-1), default));

        Assert.Equal(Ids(200, 3), await ReadAllAsync(reader, start, 10));
        Assert.Equal((false, true), (await reader.KeepsAsync(Main, start, default), await reader.KeepsAsync(Main, kept with { Hour = FeedHour.Name(_clock.GetUtcNow()) }, default)));
        Assert.Equal(Ids(500, 2), (await reader.ReadAsync(Other, new FeedPosition("1970010100", 0), 10, default)).Items.Select(e => e.Id));
        await feed.AppendAsync(Main, Lines(203, 2), default);
        Assert.Equal(Ids(200, 5), await ReadAllAsync(reader, start, 10));
    }

    [Fact]
    public async Task Misses_nothing_while_several_hosts_write_and_hours_change()
    {
        Tables tables = await NewTablesAsync();
        var reader = new TableEventReader(tables, _clock);
        FeedPosition place = await reader.EndAsync(Main, null, default);
        var seen = new List<string>();
        Task[] writers = [.. Enumerable.Range(0, 4).Select(host => Task.Run(() => WriteAsync(tables, host)))];
        Task all = Task.WhenAll(writers);

        bool over;
        do
        {
            over = all.IsCompleted;
            FeedPage page = await reader.ReadAsync(Main, place, 20, default);
            seen.AddRange(page.Items.Select(e => e.Id));
            place = page.Next;
            over &= page.Items.Count == 0;
        }
        while (!over);

        await all;
        Assert.Equal(120, seen.Count);
        Assert.Equal(120, seen.Distinct().Count());
        foreach (int host in Enumerable.Range(0, 4))
            Assert.Equal(Enumerable.Range(0, 30).Select(i => $"h{host}-{i}"), seen.Where(id => id.StartsWith($"h{host}-", StringComparison.Ordinal)));
    }

    private async Task WriteAsync(Tables tables, int host)
    {
        using var feed = new TableEventFeed(tables, _clock);
        for (int i = 0; i < 30; i++)
        {
            await feed.AppendAsync(Main, [Line($"h{host}-{i}")], default);
            if (host == 0 && i % 8 == 7) _clock.Advance(TimeSpan.FromMinutes(40));
        }
    }

    private static async Task<IReadOnlyList<string>> ReadAllAsync(TableEventReader reader, FeedPosition place, int limit)
    {
        var ids = new List<string>();
        while (true)
        {
            FeedPage page = await reader.ReadAsync(Main, place, limit, default);
            if (page.Items.Count == 0) return ids;
            Assert.True(page.Items.Count <= limit);
            ids.AddRange(page.Items.Select(e => e.Id));
            place = page.Next;
        }
    }

    private static async Task<Tables> NewTablesAsync()
    {
        StorageAccount account = await TestStorage.NewAccountAsync();
        var tables = new Tables(new TableServiceClient(account.ConnectionString));
        await tables.CreateAsync(default);
        return tables;
    }

    private static FeedEvent[] Lines(int from, int count) => [.. Ids(from, count).Select(Line)];

    private static FeedEvent Line(string id) => new(id, "contact.created", Given.Now, "{}");

    private static string[] Ids(int from, int count) => [.. Enumerable.Range(from, count).Select(i => $"e{i}")];
}
