using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Webhooks;

/// <summary>Puts events on the queue if any endpoint wants them. A workspace without endpoints pays nothing.</summary>
public sealed class WebhookFanOut(WebhookEndpoints endpoints, IWorkQueues queues)
{
    public async Task OfferAsync(WorkspaceId workspace, IReadOnlyList<FeedEvent> events, CancellationToken cancellationToken)
    {
        IReadOnlyList<WebhookEndpoint> known = await endpoints.OfAsync(workspace, cancellationToken);
        if (known.Count == 0) return;
        FeedEvent[] wanted = [.. events.Where(e => known.Any(endpoint => endpoint.Wants(e.Type)))];
        if (wanted.Length > 0) await queues.PutAsync(new WebhookWork(workspace, wanted), cancellationToken);
    }
}
