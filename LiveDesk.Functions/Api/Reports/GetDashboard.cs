using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Reports;

/// <summary>The desk right now: who holds how much, who waits and for how long.</summary>
internal sealed class GetDashboard(MakeReports reports, IDeskStore desk, TimeProvider time)
{
    [Function(nameof(GetDashboard)), Operation(Role.Supervisor), Answers(200, typeof(ReportView<DashboardAgent, DashboardTotals>))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Reports + "/dashboard")] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        WorkspaceId workspace = Caller.Of(context).Workspace;
        var tally = new DashboardTally(time.GetUtcNow());
        await foreach (Conversation conversation in reports.OpenAsync(workspace, cancellationToken)) tally.Add(conversation);
        Dashboard dashboard = tally.Of((await desk.ListAgentsAsync(workspace, cancellationToken)).Select(a => a.Agent));
        return await request.ReportAsync(new ReportView<DashboardAgent, DashboardTotals>(dashboard.Items, dashboard.Totals), "dashboard");
    }
}
