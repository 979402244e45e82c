using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Webhooks;

/// <summary>The log of a webhook, newest event first, and sending again what stands in it. Kept for 30 days.</summary>
internal sealed class WebhookDeliveries(IResourceStore<WebhookEndpoint> store, IWebhookDeliveries deliveries, DeliverWebhooks deliver)
{
    [Function("ListWebhookDeliveries"), Operation(Role.Admin), Answers(200, typeof(ListView<WebhookDeliveryView>))]
    public async Task<HttpResponseData> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Webhook + "/deliveries")] HttpRequestData request, string webhookId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        WorkspaceId workspace = Caller.Of(context).Workspace;
        if (await store.FindAsync(workspace, webhookId, cancellationToken) is not { } found) return await request.ProblemAsync(Refusal.NotFound("webhook"));
        try
        {
            PageOf<WebhookDelivery> page = await deliveries.ListAsync(
                workspace, found.Value.Id, paging.Value.Limit, paging.Value.Cursor, cancellationToken);
            return await request.JsonAsync(new ListView<WebhookDeliveryView>([.. page.Items.Select(WebhookDeliveryView.Of)], page.NextCursor));
        }
        catch (FormatException)
        {
            return await request.ProblemAsync(Refusal.Malformed("cursor", "Not a cursor of this list."));
        }
    }

    [Function("ReplayWebhookDelivery"), Operation(Role.Admin), Answers(202, typeof(WebhookDeliveryView))]
    public async Task<HttpResponseData> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Webhook + "/deliveries/{deliveryId}/replay")] HttpRequestData request,
        string webhookId, string deliveryId, FunctionContext context, CancellationToken cancellationToken)
    {
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        WorkspaceId workspace = Caller.Of(context).Workspace;
        if (await store.FindAsync(workspace, webhookId, cancellationToken) is not { } found) return await request.ProblemAsync(Refusal.NotFound("webhook"));
        if (!WebhookDeliveryId.TryParse(deliveryId, out _)) return await request.ProblemAsync(Refusal.NotFound("delivery"));
        Result<WebhookDelivery> replayed = await deliver.ReplayAsync(found.Value, deliveryId, cancellationToken);
        return replayed.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await request.JsonAsync(WebhookDeliveryView.Of(replayed.Value), HttpStatusCode.Accepted);
    }
}
