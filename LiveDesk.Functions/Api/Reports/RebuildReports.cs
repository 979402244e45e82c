using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Reports;

/// <summary>Makes all roll-ups anew from the facts. Until that is done, reports are read from the facts themselves, so no figure is ever missing.</summary>
internal sealed class RebuildReports(IFactStore facts, IWorkQueues queues)
{
    [Function(nameof(RebuildReports)), Operation(Role.Admin), Answers(202, typeof(RebuildView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Reports + "/rebuild")] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        WorkspaceId workspace = Caller.Of(context).Workspace;
        int days = await facts.VoidRollUpsAsync(workspace, cancellationToken);
        if (days > 0) await queues.PutAsync(new RollUpWork(workspace), cancellationToken);
        return await request.JsonAsync(new RebuildView(days), HttpStatusCode.Accepted);
    }

    /// <param name="Days">How many days have facts.</param>
    private sealed record RebuildView(int Days);
}
