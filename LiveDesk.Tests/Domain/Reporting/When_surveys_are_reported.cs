using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Reporting;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Domain.Reporting;

public sealed class When_surveys_are_reported
{
    [Fact]
    public void Counts_sent_and_answered_and_who_is_satisfied()
    {
        ReportOf<SurveyFigures> report = Report(ReportGroup.Agent, Survey(5), Survey(4), Survey(1), Survey(null), Survey(3, "ag_2"));

        SurveyFigures one = report.Items.Single(r => r.Key == "ag_1");
        Assert.Equal((4, 3, 0.75), (one.Sent, one.Answered, one.ResponseRate!.Value));
        Assert.Equal(10.0 / 3, one.Average!.Value, 12);
        Assert.Equal(2.0 / 3, one.Satisfied!.Value, 12);
        Assert.Equal([1, 0, 0, 1, 1], new[] { "1", "2", "3", "4", "5" }.Select(score => one.Distribution[score]));
        Assert.Equal((5, 4, 0.5), (report.Totals.Sent, report.Totals.Answered, report.Totals.Satisfied!.Value));
    }

    [Fact]
    public void Has_no_averages_of_nothing()
    {
        SurveyFigures totals = Report(ReportGroup.Channel).Totals;

        Assert.Equal((0, 0), (totals.Sent, totals.Answered));
        Assert.Null(totals.ResponseRate);
        Assert.Null(totals.Average);
        Assert.Null(Report(ReportGroup.Channel, Survey(null)).Totals.Satisfied);
    }

    [Fact]
    public void Counts_by_how_the_conversation_was_closed()
    {
        SurveyFact[] surveys =
        [
            Survey(5) with { ClosedSource = ClosedSource.User, Category = "Orders", CategoryId = "cat_1" },
            Survey(4) with { ClosedSource = ClosedSource.User, Category = "Purchases", CategoryId = "cat_1" },
            Survey(1) with { ClosedSource = ClosedSource.Auto },
            Survey(3),
        ];

        Assert.Equal([("auto", 1), ("none", 1), ("user", 2)], Report(ReportGroup.ClosedSource, surveys).Items.Select(r => (r.Key!, r.Sent)));
        ReportOf<SurveyFigures> byCategory = Report(ReportGroup.Category, surveys);
        Assert.Equal([("cat_1", 2), ("none", 2)], byCategory.Items.Select(r => (r.Key!, r.Sent)));
        Assert.Equal("Purchases", byCategory.Names["cat_1"]);
    }

    private static SurveyFact Survey(int? score, string owner = "ag_1") =>
        new(Given.ChannelId(), owner, "Ana", null, CustomerStory.At("2026-03-30T10:00:00"), score is null ? null : CustomerStory.At("2026-04-20T10:00:00"), score);

    private static ReportOf<SurveyFigures> Report(ReportGroup group, params SurveyFact[] surveys) =>
        SurveyReport.Of(GoldenTimeline.Query(group), [new FactDay(new DateOnly(2026, 3, 30), [], surveys)]);
}
