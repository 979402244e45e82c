using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Webhooks;

internal sealed class ListWebhooks(IResourceStore<WebhookEndpoint> store)
{
    [Function(nameof(ListWebhooks)), Operation(Role.Admin), Answers(200, typeof(ListView<WebhookView>))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Webhooks)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        IReadOnlyList<Stored<WebhookEndpoint>> all = await store.ListAsync(Caller.Of(context).Workspace, cancellationToken);
        return await request.PageAsync(paging.Value.Of("webhooks", all.Select(e => WebhookView.Of(e.Value)), view => view.Id));
    }
}
