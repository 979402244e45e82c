using System.Diagnostics;
using System.Text.Json;
using Azure.Core;
using Azure.Data.Tables;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using LiveDesk.Functions.Storage.Reporting;
using LiveDesk.Tests.Domain.Reporting;
using LiveDesk.Tests.Support;
using Moq;
using Xunit.Abstractions;

namespace LiveDesk.Tests.Functions.Reporting;

public sealed class When_facts_are_kept(ITestOutputHelper output)
{
    private static readonly DateOnly First = new(2026, 3, 26), Last = new(2026, 3, 31);

    [Fact]
    public async Task The_golden_timeline_reads_the_same_told_once_told_twice_rolled_up_and_rebuilt()
    {
        TableFactStore store = new(await NewTablesAsync(), new FakeClock());
        RecordFacts record = Recording(store);
        string expected = "";
        foreach (CycleWork work in GoldenTimeline.Closed)
        {
            await record.RunAsync(work, default);
            await ReadAsync(store);
            await record.RunAsync(work, default);
            expected = await ReportAsync(store, record);
        }

        string rolledUp = await ReportAsync(store, record);
        int days = await store.VoidRollUpsAsync(Given.Workspace, default);
        string fromFacts = await ReportAsync(store, record);
        await store.VoidRollUpsAsync(Given.Workspace, default);
        Assert.Equal(days, await store.RollUpAsync(Given.Workspace, default));
        Assert.Equal(0, await store.RollUpAsync(null, default));

        Assert.Equal(4, days);
        Assert.Equal([expected, expected, expected], [rolledUp, fromFacts, await ReportAsync(store, record)]);
        Assert.Contains("\"closed\":4", expected, StringComparison.Ordinal);
        Assert.Contains("\"median\":57150", expected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_roll_up_of_another_version_is_made_anew_from_the_facts()
    {
        Tables tables = await NewTablesAsync();
        TableFactStore store = new(tables, new FakeClock());
        RecordFacts record = Recording(store);
        foreach (CycleWork work in GoldenTimeline.Closed) await record.RunAsync(work, default);
        await store.RollUpAsync(Given.Workspace, default);
        string expected = await ReportAsync(store, record);
        await foreach (TableEntity row in tables.Rollups.QueryAsync<TableEntity>())
        {
            byte[] packed = row.GetBinary("P00")!;
            packed[0] = 1;
            row["P00"] = packed;
            await tables.Rollups.UpsertEntityAsync(row, TableUpdateMode.Replace);
        }

        Assert.Equal([expected, expected], [await ReportAsync(store, record), await ReportAsync(store, record)]);
    }

    [Fact]
    public async Task A_roll_up_of_before_categories_had_ids_is_read_as_it_is()
    {
        Tables tables = await NewTablesAsync();
        var day = new DateOnly(2026, 3, 30);
        DateTimeOffset at = Given.Now;
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(packed))
        {
            writer.Write([2, 1]); // version, cycles
            writer.Write((byte)1); // the first text: the channel
            writer.Write(Given.ChannelId().Value);
            writer.Write((byte)1); // cycle
            writer.Write7BitEncodedInt64(at.ToUnixTimeMilliseconds());
            writer.Write(new byte[7]); // no reply, not closed
            writer.Write((byte)1); // closed by a user
            writer.Write((byte)2);
            writer.Write("Orders");
            writer.Write(new byte[4]); // no owner, no team, no replies
            writer.Write([1, 1, 0, 0, 0]); // surveys, the channel, nobody
            writer.Write7BitEncodedInt64(at.ToUnixTimeMilliseconds());
            writer.Write([0, 5]); // not answered, score
        }
        await tables.Rollups.AddEntityAsync(new TableEntity($"main:{day:yyyyMMdd}", "pack:0000") { ["P00"] = packed.ToArray() });

        FactDay read = (await new TableFactStore(tables, new FakeClock()).ReadAsync(Given.Workspace, day, day, default)).Single();

        CycleFact cycle = read.Cycles.Single();
        Assert.Equal((at, ClosedSource.User, "Orders", null), (cycle.OpenedAt, cycle.ClosedSource, cycle.Category, cycle.CategoryId));
        Assert.Equal((at, 5, null), (read.Surveys.Single().SentAt, read.Surveys.Single().Score, read.Surveys.Single().ClosedSource));
    }

    [Fact]
    public async Task A_fact_carries_the_id_of_its_category()
    {
        TableFactStore store = new(await NewTablesAsync(), new FakeClock());
        RecordFacts record = Recording(store, new ClosingNoteCategory { Workspace = Given.Workspace, Id = "cat_1", Name = "PEDIDOS", CreatedAt = Given.Now });
        foreach (CycleWork work in GoldenTimeline.Closed) await record.RunAsync(work, default);
        SurveyFact survey = new(Given.ChannelId(), null, null, null, CustomerStory.At("2026-03-30T10:00:00"), null, null)
        {
            ClosedSource = ClosedSource.Ai, Category = "Pedidos",
        };
        await record.RunAsync(new SurveyWork(Given.Workspace, new SurveyId(Given.ConversationId, 1), survey), default);
        IReadOnlyList<FactDay> fromFacts = await ReadAsync(store);

        foreach (IReadOnlyList<FactDay> days in new[] { fromFacts, await ReadAsync(store) })
        {
            Assert.All(days.SelectMany(d => d.Cycles), c => Assert.Equal(c.Category is null ? null : "cat_1", c.CategoryId));
            Assert.Contains(days.SelectMany(d => d.Cycles), c => c.CategoryId == "cat_1");
            Assert.Equal([survey with { CategoryId = "cat_1" }], days.SelectMany(d => d.Surveys));
        }
    }

    [Fact]
    public async Task No_fact_is_missed_while_reports_are_made()
    {
        Tables tables = await NewTablesAsync();
        TableFactStore writing = new(tables, TimeProvider.System), reading = new(tables, TimeProvider.System);
        using var over = new CancellationTokenSource();
        Task reports = Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested) await ReadAsync(reading);
        })));

        await Parallel.ForEachAsync(Enumerable.Range(1, 60), new ParallelOptions { MaxDegreeOfParallelism = 6 }, async (number, _) =>
            await writing.PutAsync(Given.Workspace, new ConversationId(Given.ContactId, number), Cycle(number), default));
        await over.CancelAsync();
        await reports;

        Assert.Equal(60, (await ReadAsync(reading)).Sum(d => d.Cycles.Count));
        Assert.Equal(60, (await ReadAsync(reading)).Sum(d => d.Cycles.Count));
    }

    [Fact]
    public async Task The_last_answer_of_a_survey_wins_in_whatever_order_it_is_told()
    {
        TableFactStore store = new(await NewTablesAsync(), new FakeClock());
        var id = new SurveyId(Given.ConversationId, 1);
        SurveyFact sent = new(Given.ChannelId(), Given.Ana.Value, "Ana", null, CustomerStory.At("2026-03-30T10:00:00"), null, null);
        SurveyFact early = sent with { AnsweredAt = sent.SentAt.AddMinutes(1), Score = 2 }, late = sent with { AnsweredAt = sent.SentAt.AddMinutes(9), Score = 5 };

        foreach (SurveyFact fact in new[] { early, late, sent, early }) await store.PutAsync(Given.Workspace, id, fact, default);

        Assert.Equal(late, (await ReadAsync(store)).Single().Surveys.Single());
        Assert.Equal(late, (await ReadAsync(store)).Single().Surveys.Single());
    }

    [Fact]
    public async Task A_month_of_100_000_conversations_costs_a_handful_of_transactions()
    {
        var account = await TestStorage.NewAccountAsync();
        using var transactions = new StorageTransactions();
        var options = new TableClientOptions();
        options.AddPolicy(transactions, HttpPipelinePosition.PerRetry);
        var tables = new Tables(new TableServiceClient(account.ConnectionString, options));
        await tables.CreateAsync(default);
        int made = 0;
        for (var day = new DateOnly(2026, 3, 1); day <= new DateOnly(2026, 3, 31); day = day.AddDays(1))
        {
            FactDay facts = new(day, [.. Enumerable.Range(0, 3_226).Select(_ => Cycle(++made, day))], []);
            foreach (TableEntity row in RollUpRows.Of($"main:{day:yyyyMMdd}", facts)) await tables.Rollups.AddEntityAsync(row);
        }
        var store = new TableFactStore(tables, TimeProvider.System);
        ReportQuery query = GoldenTimeline.Query(ReportGroup.Agent) with { From = CustomerStory.At("2026-03-01T00:00:00"), To = CustomerStory.At("2026-04-01T00:00:00") };

        long before = transactions.Count;
        var clock = Stopwatch.StartNew();
        IEnumerable<FactDay> days = await store.ReadAsync(Given.Workspace, new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1), default);
        TimeSpan read = clock.Elapsed;
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        ReportOf<ConversationFigures> report = ConversationReport.Of(query, days, []);

        output.WriteLine($"{made} conversations: read in {read.TotalMilliseconds:0} ms, counted in {(clock.Elapsed - read).TotalMilliseconds:0} ms "
            + $"({(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds:0} ms of the processor, other tests included)");
        clock.Restart();
        Assert.Equal(made, ConversationReport.Of(query, days, []).Totals.Closed);
        output.WriteLine($"counted again in {clock.Elapsed.TotalMilliseconds:0} ms");
        Assert.Equal(made, report.Totals.Closed);
        Assert.Equal(made, report.Items.Sum(r => r.FirstResponse.Count));
        Assert.InRange(transactions.Count - before, 1, 5);

        before = transactions.Count;
        Assert.Equal(days.Count(), (await store.ReadAsync(Given.Workspace, new DateOnly(1900, 1, 1), new DateOnly(9000, 1, 1), default)).Count());
        Assert.InRange(transactions.Count - before, 1, 5);
    }

    private static async Task<IReadOnlyList<FactDay>> ReadAsync(TableFactStore store) => [.. await store.ReadAsync(Given.Workspace, First, Last, default)];

    private static async Task<string> ReportAsync(TableFactStore store, RecordFacts record)
    {
        var inbox = new Mock<IInboxIndex>();
        inbox.Setup(i => i.ListAsync(Given.Workspace, It.IsAny<string>(), It.IsAny<int>(), null, default))
            .ReturnsAsync((LiveDesk.Domain.Workspaces.WorkspaceId _, string view, int _, string? _, CancellationToken _) => new PageOf<InboxItem>(
                view == InboxViews.All(ConversationStatus.Open) ? [new InboxItem(GoldenTimeline.Open, null, null, null)] : [], null));
        var reports = new MakeReports(store, inbox.Object, record, Categories());
        ReportOf<ConversationFigures> byDay = await reports.ConversationsAsync(GoldenTimeline.Query(ReportGroup.Day), default);
        ReportOf<ConversationFigures> byAgent = await reports.ConversationsAsync(GoldenTimeline.Query(ReportGroup.Agent), default);
        return JsonSerializer.Serialize(new[] { byDay, byAgent }, LiveDesk.Domain.Workspaces.DomainJson.Options);
    }

    private static RecordFacts Recording(TableFactStore store, params ClosingNoteCategory[] categories)
    {
        var channels = new Mock<IChannelDirectory>();
        channels.Setup(c => c.FindAsync(Given.Workspace, Given.ChannelId(), default)).ReturnsAsync(GoldenTimeline.Channel);
        return new RecordFacts(store, channels.Object, Categories(categories));
    }

    private static IResourceStore<ClosingNoteCategory> Categories(params ClosingNoteCategory[] categories)
    {
        var store = new Mock<IResourceStore<ClosingNoteCategory>>();
        store.Setup(s => s.ListRecentAsync(Given.Workspace, default)).ReturnsAsync(categories);
        return store.Object;
    }

    private static CycleFact Cycle(int number, DateOnly? day = null)
    {
        DateTimeOffset opened = new DateTimeOffset((day ?? new DateOnly(2026, 3, 30)).ToDateTime(new TimeOnly(8, 0)), TimeSpan.Zero).AddSeconds(number % 30_000);
        string person = $"ag_{number % 40:D16}";
        return new CycleFact
        {
            Channel = Given.ChannelId((byte)(1 + number % 5)),
            OpenedAt = opened,
            FirstReplyAt = opened.AddSeconds(number % 900),
            FirstReplyBy = person,
            FirstResponseInHours = TimeSpan.FromSeconds(number % 900),
            ClosedAt = opened.AddSeconds(number % 9_000),
            ResolutionInHours = TimeSpan.FromSeconds(number % 9_000),
            ClosedSource = ClosedSource.User,
            Owner = person,
            OwnerName = "Somebody",
            Replies = [new ReplyFact(person, opened.AddSeconds(number % 900), TimeSpan.FromSeconds(number % 900), TimeSpan.FromSeconds(number % 900))],
        };
    }

    private static async Task<Tables> NewTablesAsync()
    {
        var tables = new Tables(new TableServiceClient((await TestStorage.NewAccountAsync()).ConnectionString));
        await tables.CreateAsync(default);
        return tables;
    }
}
