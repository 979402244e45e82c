using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Webhooks;

internal sealed class GetWebhook(IResourceStore<WebhookEndpoint> store)
{
    [Function(nameof(GetWebhook)), Operation(Role.Admin), Answers(200, typeof(WebhookView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Webhook)] HttpRequestData request, string webhookId, FunctionContext context,
        CancellationToken cancellationToken) =>
        await store.FindAsync(Caller.Of(context).Workspace, webhookId, cancellationToken) is { } found
            ? await request.JsonAsync(WebhookView.Of(found.Value), version: found.Version)
            : await request.ProblemAsync(Refusal.NotFound("webhook"));
}
