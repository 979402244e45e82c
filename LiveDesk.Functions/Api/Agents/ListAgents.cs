using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Agents;

internal sealed class ListAgents(IDeskStore desk)
{
    [Function(nameof(ListAgents)), Operation(Role.Agent), Answers(200, typeof(ListView<AgentView>))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Agents)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        IReadOnlyList<AgentSnapshot> all = await desk.ListAgentsAsync(Caller.Of(context).Workspace, cancellationToken);
        return await request.PageAsync(paging.Value.Of("agents", all.Select(a => AgentView.Of(a.Agent)), view => view.Id.Value));
    }
}
