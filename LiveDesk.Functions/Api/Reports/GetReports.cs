using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Reports;

/// <summary>What happened in a span of time, grouped; <see cref="ReportDefinitions"/> says what each figure means.</summary>
internal sealed class GetReports(MakeReports reports, ReportNames names, TimeProvider time)
{
    [Function("GetConversationReport"), Operation(Role.Supervisor), Answers(200, typeof(ReportView<ConversationReportRow, ConversationReportRow>))]
    [Query("from", "Instant, included. Default: 30 days before 'to'.")]
    [Query("to", "Instant, excluded. Default: now.")]
    [Query("groupBy", "day, agent, channel, team, closedSource or category. Default: day.")]
    [Query("timeZone", "IANA zone in which days begin and end. Default: UTC.")]
    [Query("channelId", "Only this channel.")]
    public Task<HttpResponseData> Conversations(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Reports + "/conversations")] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) =>
        AnswerAsync(request, context, "conversations", reports.ConversationsAsync, figures => figures.Key, ConversationReportRow.Of, cancellationToken);

    [Function("GetResponseReport"), Operation(Role.Supervisor), Answers(200, typeof(ReportView<ResponseReportRow, ResponseReportRow>))]
    [Query("from", "Instant, included. Default: 30 days before 'to'.")]
    [Query("to", "Instant, excluded. Default: now.")]
    [Query("groupBy", "day, agent, channel, team, closedSource or category. Default: day.")]
    [Query("timeZone", "IANA zone in which days begin and end. Default: UTC.")]
    [Query("channelId", "Only this channel.")]
    public Task<HttpResponseData> Responses(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Reports + "/responses")] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) =>
        AnswerAsync(request, context, "responses", reports.ConversationsAsync, figures => figures.Key, ResponseReportRow.Of, cancellationToken);

    [Function("GetSurveyReport"), Operation(Role.Supervisor), Answers(200, typeof(ReportView<SurveyReportRow, SurveyReportRow>))]
    [Query("from", "Instant, included. Default: 30 days before 'to'.")]
    [Query("to", "Instant, excluded. Default: now.")]
    [Query("groupBy", "day, agent, channel, team, closedSource or category. Default: day.")]
    [Query("timeZone", "IANA zone in which days begin and end. Default: UTC.")]
    [Query("channelId", "Only this channel.")]
    public Task<HttpResponseData> Surveys(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Reports + "/csat")] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken) =>
        AnswerAsync(request, context, "csat", reports.SurveysAsync, figures => figures.Key, SurveyReportRow.Of, cancellationToken);

    private async Task<HttpResponseData> AnswerAsync<TFigures, TRow>(
        HttpRequestData request, FunctionContext context, string name,
        Func<ReportQuery, CancellationToken, Task<ReportOf<TFigures>>> make, Func<TFigures, string?> key, Func<TFigures, string?, TRow> row,
        CancellationToken cancellationToken)
    {
        Result<ReportQuery> query = ReportRequest.Of(request, Caller.Of(context).Workspace, time.GetUtcNow());
        if (query.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        ReportOf<TFigures> report = await make(query.Value, cancellationToken);
        Func<string?, string?> nameOf = await names.OfAsync(query.Value, report.Names, cancellationToken);
        var view = new ReportView<TRow, TRow>([.. report.Items.Select(item => row(item, nameOf(key(item))))], row(report.Totals, null));
        return await request.ReportAsync(view, name);
    }
}
