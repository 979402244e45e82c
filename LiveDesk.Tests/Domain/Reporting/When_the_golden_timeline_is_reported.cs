using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Reporting;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Reporting;

/// <summary>Every figure here was worked out by hand.</summary>
public sealed class When_the_golden_timeline_is_reported
{
    private static readonly BusinessHoursSchedule Hours = BusinessHoursSchedule.Create(GoldenTimeline.Channel.Settings.BusinessHours);

    [Fact]
    public void Counts_on_the_days_of_the_zone()
    {
        ReportOf<ConversationFigures> report = Report(ReportGroup.Day);

        Assert.Equal(
            [("2026-03-27", 1, 0, 0), ("2026-03-28", 0, 0, 0), ("2026-03-29", 1, 0, 0), ("2026-03-30", 1, 0, 2), ("2026-03-31", 1, 1, 2)],
            report.Items.Select(r => (r.Key!, r.Opened, r.Reopened, r.Closed)));
        AssertDurations(report.Items[3].FirstResponse, 1, 230_400, 230_400, 230_400);
        AssertDurations(report.Items[3].Resolution, 2, 160_200, 160_200, 241_200);
        AssertDurations(report.Items[4].FirstResponse, 3, 1_340, 300, 3_600);
        AssertDurations(report.Items[4].Resolution, 2, 19_350, 19_350, 35_100);
        Assert.Equal(0, report.Items[1].FirstResponse.Count);
        Assert.Null(report.Items[1].FirstResponse.Median);
    }

    [Fact]
    public void Sums_up_exactly_in_clock_time_and_in_business_hours()
    {
        ConversationFigures totals = Report(ReportGroup.Day).Totals;

        Assert.Equal((4, 1, 4), (totals.Opened, totals.Reopened, totals.Closed));
        AssertDurations(totals.FirstResponse, 4, 58_605, 1_950, 230_400);
        AssertDurations(totals.FirstResponseInHours, 4, 1_005, 210, 3_600);
        AssertDurations(totals.NextReply, 3, 77_640, 3_600, 229_200);
        AssertDurations(totals.NextReplyInHours, 3, 840, 120, 2_400);
        // From 15:51 on Friday to Monday 7:30; 22:00 to 22:30; 8:01 to 8:05; 10:01 to 10:02.
        AssertDurations(totals.AssignmentToResponse, 4, 57_810, 1_020, 229_140);
        // Until 10:30 on Monday without the snooze from 8:10 to 9:00; 22:00 to 7:15; 8:01 to 9:00. The night's was nobody's.
        AssertDurations(totals.HandleTime, 3, 91_260, 33_300, 236_940);
        AssertDurations(totals.Resolution, 4, 89_775, 57_150, 241_200);
        AssertDurations(totals.ResolutionInHours, 4, 4_725, 2_250, 14_400);
        Assert.Equal([0, 0, 1, 1, 0, 0, 2], ResponseBuckets.Names.Select(name => totals.FirstResponse.Buckets[name]));
    }

    [Fact]
    public void Credits_a_first_response_to_its_sender_and_a_close_to_the_last_owner()
    {
        ReportOf<ConversationFigures> report = Report(ReportGroup.Agent);

        ConversationFigures ana = Row(report, Given.Ana.Value), luis = Row(report, Given.Luis.Value), nobody = Row(report, "none");
        Assert.Equal(3, report.Items.Count);
        AssertDurations(ana.FirstResponse, 3, 76_940, 300, 230_400);
        Assert.Equal((1, 1, 1), (ana.Opened, ana.Reopened, ana.Closed));
        AssertDurations(luis.FirstResponse, 1, 3_600, 3_600, 3_600);
        AssertDurations(luis.Resolution, 2, 138_150, 138_150, 241_200);
        Assert.Equal((2, 0, 2), (luis.Opened, luis.Reopened, luis.Closed));
        Assert.Equal((1, 0, 1, 0), (nobody.Opened, nobody.Reopened, nobody.Closed, nobody.FirstResponse.Count));
        Assert.Equal("Luis", report.Names[Given.Luis.Value]);
    }

    [Fact]
    public void Tells_how_conversations_ended()
    {
        Assert.Equal(
            [("auto", 1), ("none", 0), ("user", 2), ("workflow", 1)], Report(ReportGroup.ClosedSource).Items.Select(r => (r.Key!, r.Closed)));
        Assert.Equal([("Pedidos", 1), ("none", 3)], Report(ReportGroup.Category).Items.Select(r => (r.Key!, r.Closed)));
        Assert.Equal([("none", 3), ("team_1", 1)], Report(ReportGroup.Team).Items.Select(r => (r.Key!, r.Closed)));
    }

    [Theory]
    [InlineData("cat_1", "Orders", "cat_1")]
    [InlineData("cat_1", null, "cat_1")]
    [InlineData("cat_9", "Orders", "cat_9")] // deleted, and another one made of the same name
    [InlineData(null, "ORDERS", "cat_1")]
    [InlineData(null, "Anything", "Anything")]
    [InlineData(null, null, "none")]
    public void Knows_a_category_by_its_id_else_by_its_name(string? id, string? name, string key)
    {
        CycleFact fact = ReportDefinitions.Of(GoldenTimeline.Closed[0].Closed, GoldenTimeline.Closed[0].Owner, Hours) with { Category = name, CategoryId = id };
        ReportQuery query = GoldenTimeline.Query(ReportGroup.Category) with
        {
            CategoryIds = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Orders"] = "cat_1" },
        };

        Assert.Equal([key], ConversationReport.Of(query, [], [fact]).Items.Select(r => r.Key));
    }

    [Fact]
    public void Cuts_at_the_instants_asked_for()
    {
        ReportQuery query = GoldenTimeline.Query(ReportGroup.Channel) with
        {
            From = CustomerStory.At("2026-03-30T10:30:00"), To = CustomerStory.At("2026-03-31T09:00:00"),
        };

        ConversationFigures totals = Report(query).Totals;

        // The first close lies on the border and counts, the last one lies on the other and does not.
        Assert.Equal((1, 1, 2), (totals.Opened, totals.Reopened, totals.Closed));
        AssertDurations(totals.Resolution, 2, 138_150, 138_150, 241_200);
    }

    [Fact]
    public void Lists_of_all_time_the_days_from_the_first_to_the_last_on_which_something_happened()
    {
        ReportOf<ConversationFigures> report = Report(GoldenTimeline.Query(ReportGroup.Day) with
        {
            From = CustomerStory.At("1970-01-01T00:00:00"), To = CustomerStory.At("2100-01-01T00:00:00"),
        });

        Assert.Equal(["2026-03-27", "2026-03-28", "2026-03-29", "2026-03-30", "2026-03-31"], report.Items.Select(r => r.Key!));
        Assert.Equal((4, 1, 4), (report.Totals.Opened, report.Totals.Reopened, report.Totals.Closed));
    }

    [Fact]
    public void Lists_every_day_of_a_year()
    {
        ReportOf<ConversationFigures> report = Report(GoldenTimeline.Query(ReportGroup.Day) with
        {
            From = CustomerStory.At("2026-01-01T00:00:00"), To = CustomerStory.At("2027-01-01T00:00:00"),
        });

        Assert.Equal(366, report.Items.Count); // east of Greenwich the last instant is in the next year
    }

    [Fact]
    public void Keeps_nothing_that_a_customer_wrote()
    {
        string work = System.Text.Json.JsonSerializer.Serialize(GoldenTimeline.Closed, LiveDesk.Domain.Workspaces.DomainJson.Options);

        Assert.DoesNotContain("secret", work, StringComparison.Ordinal);
        Assert.DoesNotContain("Hello", work, StringComparison.Ordinal);
    }

    private static ReportOf<ConversationFigures> Report(ReportGroup group) => Report(GoldenTimeline.Query(group));

    private static ReportOf<ConversationFigures> Report(ReportQuery query)
    {
        var facts = GoldenTimeline.Closed.Select(work => ReportDefinitions.Of(work.Closed, work.Owner, Hours)).ToList();
        IEnumerable<FactDay> days = facts
            .SelectMany(fact => ReportDefinitions.Days(fact).Select(day => (day, fact)))
            .GroupBy(x => x.day, x => x.fact).Select(day => new FactDay(day.Key, [.. day], []));
        return ConversationReport.Of(query, days, [ReportDefinitions.Of(GoldenTimeline.Open, GoldenTimeline.Open.Owner, Hours)]);
    }

    private static ConversationFigures Row(ReportOf<ConversationFigures> report, string key) => report.Items.Single(r => r.Key == key);

    private static void AssertDurations(DurationFigures figures, int count, double average, double median, double p90) =>
        Assert.Equal((count, average, median, p90), (figures.Count, figures.Avg!.Value, figures.Median!.Value, figures.P90!.Value));
}
