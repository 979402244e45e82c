using LiveDesk.Domain.Reporting;

namespace LiveDesk.Functions.Api.Reports;

/// <summary>A report: its rows, and all of them together.</summary>
internal sealed record ReportView<TRow, TTotals>(IReadOnlyList<TRow> Items, TTotals Totals);

/// <summary>Seconds; null where there is nothing to count.</summary>
internal sealed record DurationView(int Count, double? Avg, double? Median, double? P90)
{
    public static DurationView Of(DurationFigures figures) => new(figures.Count, figures.Avg, figures.Median, figures.P90);
}

internal sealed record BucketedDurationView(int Count, double? Avg, double? Median, double? P90, IReadOnlyDictionary<string, int> Buckets)
{
    public static BucketedDurationView Of(DurationFigures figures) => new(figures.Count, figures.Avg, figures.Median, figures.P90, figures.Buckets);
}

internal sealed record ConversationReportRow(
    string? Key, string? Name, int Opened, int Reopened, int Closed, DurationView FirstResponse, DurationView FirstResponseBusinessHours,
    DurationView Resolution, DurationView ResolutionBusinessHours)
{
    public static ConversationReportRow Of(ConversationFigures figures, string? name) => new(
        figures.Key, name, figures.Opened, figures.Reopened, figures.Closed, DurationView.Of(figures.FirstResponse),
        DurationView.Of(figures.FirstResponseInHours), DurationView.Of(figures.Resolution), DurationView.Of(figures.ResolutionInHours));
}

internal sealed record ResponseReportRow(
    string? Key, string? Name, BucketedDurationView FirstResponse, BucketedDurationView FirstResponseBusinessHours, BucketedDurationView NextReply,
    BucketedDurationView NextReplyBusinessHours, BucketedDurationView AssignmentToResponse, BucketedDurationView HandleTime, BucketedDurationView Resolution, BucketedDurationView ResolutionBusinessHours)
{
    public static ResponseReportRow Of(ConversationFigures figures, string? name) => new(
        figures.Key, name, BucketedDurationView.Of(figures.FirstResponse), BucketedDurationView.Of(figures.FirstResponseInHours),
        BucketedDurationView.Of(figures.NextReply), BucketedDurationView.Of(figures.NextReplyInHours), BucketedDurationView.Of(figures.AssignmentToResponse),
        BucketedDurationView.Of(figures.HandleTime), BucketedDurationView.Of(figures.Resolution),
        BucketedDurationView.Of(figures.ResolutionInHours));
}

internal sealed record SurveyReportRow(
    string? Key, string? Name, int Sent, int Answered, double? ResponseRate, double? Average, double? Satisfied, IReadOnlyDictionary<string, int> Distribution)
{
    public static SurveyReportRow Of(SurveyFigures figures, string? name) => new(
        figures.Key, name, figures.Sent, figures.Answered, figures.ResponseRate, figures.Average, figures.Satisfied, figures.Distribution);
}
