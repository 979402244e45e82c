using System.Text.Json.Nodes;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Webhooks;

/// <summary>
/// Takes events to the endpoints that want them, until each has them. A receiver may get a message twice (a crash between its answer and our
/// record of it), always under the same id.
/// </summary>
public sealed class DeliverWebhooks(
    WebhookEndpoints endpoints, IResourceStore<WebhookEndpoint> store, IWebhookDeliveries deliveries, IWebhookSender sender, WebhookLanes lanes,
    IEventFeed feed, IWorkQueues queues, TimeProvider time)
{
    private const int Attempts = 10;

    /// <summary>How long a message waits while as many as allowed are on their way to the same endpoint.</summary>
    private static readonly TimeSpan LaneDelay = TimeSpan.FromSeconds(5);

    /// <summary>One delivery for each event and each endpoint that wants it, however often the events are told.</summary>
    public async Task FanOutAsync(WebhookWork work, CancellationToken cancellationToken)
    {
        IReadOnlyList<WebhookEndpoint> known = await endpoints.OfAsync(work.Workspace, cancellationToken);
        foreach (FeedEvent line in work.Events)
            foreach (WebhookEndpoint endpoint in known.Where(e => e.Wants(line.Type)))
                await BeginAsync(endpoint, line, cancellationToken);
    }

    /// <param name="repeated">An earlier try of the same work failed or died.</param>
    public async Task DeliverAsync(DeliveryWork work, bool repeated, CancellationToken cancellationToken)
    {
        if (await deliveries.FindAsync(work.Workspace, work.Endpoint, work.Delivery, cancellationToken) is not { } read) return;
        WebhookDelivery delivery = read.Delivery;
        if (delivery.State != WebhookDeliveryState.Pending) return;
        if (delivery.AttemptCount != work.Attempts)
        {
            // The attempt was recorded; whoever made it may have died before putting the next.
            if (repeated && delivery.AttemptCount == work.Attempts + 1) await PutAsync(work, delivery, cancellationToken);
            return;
        }
        WebhookEndpoint? endpoint = (await endpoints.OfAsync(work.Workspace, cancellationToken)).FirstOrDefault(e => e.Id == work.Endpoint);
        if (endpoint is not { Active: true })
            await deliveries.ReplaceAsync(work.Workspace, work.Endpoint, read, delivery.GivenUp(), cancellationToken);
        else if (lanes.TryEnter(endpoint.Id))
            await AttemptAsync(endpoint, work, read, cancellationToken);
        else
            await queues.PutAsync(work, cancellationToken, LaneDelay);
    }

    /// <summary>Sends a delivery again, whatever became of it.</summary>
    public async Task<Result<WebhookDelivery>> ReplayAsync(WebhookEndpoint endpoint, string delivery, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await deliveries.FindAsync(endpoint.Workspace, endpoint.Id, delivery, cancellationToken) is not { } read) return Refusal.NotFound("delivery");
            if (!endpoint.Active) return Refusal.Conflict("webhook_inactive", "The webhook is switched off. Activate it to replay its deliveries.");
            WebhookDelivery next = read.Delivery.Replayed(time.GetUtcNow());
            // Put first: with nothing behind it, a delivery that waits would wait for ever. Too early, it finds itself not pending and ends.
            HiddenWork hidden = await queues.PutHiddenAsync(
                new DeliveryWork(endpoint.Workspace, endpoint.Id, next.Id, next.AttemptCount), TimeSpan.FromSeconds(30), cancellationToken);
            bool replaced = await deliveries.ReplaceAsync(endpoint.Workspace, endpoint.Id, read, next, cancellationToken) is not null;
            await (replaced ? queues.RevealAsync(hidden, cancellationToken) : queues.RemoveAsync(hidden, cancellationToken));
            if (replaced) return next;
        }
        return new Refusal(RefusalKind.Unavailable, "busy", "The delivery is being tried right now. Try again.");
    }

    private async Task BeginAsync(WebhookEndpoint endpoint, FeedEvent line, CancellationToken cancellationToken)
    {
        (WebhookDelivery delivery, ContactId? contact) = WebhookMessage.Of(endpoint.Workspace, line, time.GetUtcNow());
        if (!await deliveries.AddAsync(endpoint.Workspace, endpoint.Id, delivery, contact, cancellationToken)
            && await deliveries.FindAsync(endpoint.Workspace, endpoint.Id, delivery.Id, cancellationToken) is not
                { Delivery: { State: WebhookDeliveryState.Pending, AttemptCount: 0 } })
            return;
        await queues.PutAsync(new DeliveryWork(endpoint.Workspace, endpoint.Id, delivery.Id, 0), cancellationToken);
    }

    private async Task AttemptAsync(WebhookEndpoint endpoint, DeliveryWork work, WebhookDeliverySnapshot read, CancellationToken cancellationToken)
    {
        WebhookAnswer answer;
        try
        {
            answer = await sender.SendAsync(endpoint, read.Delivery, cancellationToken);
        }
        finally
        {
            lanes.Leave(endpoint.Id);
        }
        WebhookDelivery next = read.Delivery.After(answer, time.GetUtcNow());
        // Replayed or erased meanwhile: what was put then goes on from there.
        if (await deliveries.ReplaceAsync(endpoint.Workspace, endpoint.Id, read, next, cancellationToken) is null) return;
        await WatchAsync(endpoint, answer, cancellationToken);
        if (next.State == WebhookDeliveryState.Pending) await PutAsync(work, next, cancellationToken);
    }

    private Task PutAsync(DeliveryWork work, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        TimeSpan delay = delivery.NextAttemptAt!.Value - time.GetUtcNow();
        return queues.PutAsync(work with { Attempts = delivery.AttemptCount }, cancellationToken, delay > TimeSpan.Zero ? delay : TimeSpan.Zero);
    }

    /// <summary>Switches off what wants nothing any more, or takes nothing for too long.</summary>
    private async Task WatchAsync(WebhookEndpoint endpoint, WebhookAnswer answer, CancellationToken cancellationToken)
    {
        DateTimeOffset? failing = await deliveries.FailingSinceAsync(endpoint.Workspace, endpoint.Id, cancellationToken);
        switch (answer.Outcome)
        {
            case WebhookOutcome.Delivered when failing is not null:
                await deliveries.SetFailingSinceAsync(endpoint.Workspace, endpoint.Id, null, cancellationToken);
                break;
            case WebhookOutcome.Failed when failing is null:
                await deliveries.SetFailingSinceAsync(endpoint.Workspace, endpoint.Id, time.GetUtcNow(), cancellationToken);
                break;
            case WebhookOutcome.Failed when time.GetUtcNow() - failing >= WebhookSchedule.Patience:
                await DisableAsync(endpoint, "failing", cancellationToken);
                break;
            case WebhookOutcome.Gone:
                await DisableAsync(endpoint, "gone", cancellationToken);
                break;
        }
    }

    private async Task DisableAsync(WebhookEndpoint endpoint, string reason, CancellationToken cancellationToken)
    {
        DateTimeOffset now = time.GetUtcNow();
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            // Whoever changed the address meanwhile has not had the new one tried.
            if (await store.FindAsync(endpoint.Workspace, endpoint.Id, cancellationToken) is not { Value.Active: true } read || read.Value.Url != endpoint.Url) return;
            WebhookEndpoint off = read.Value with { Active = false, DisabledAt = now, DisabledReason = reason };
            if ((await store.ReplaceAsync(read, off, cancellationToken)).Saved is null) continue;
            endpoints.Changed(endpoint.Workspace);
            var data = new JsonObject { ["webhookId"] = endpoint.Id, ["url"] = endpoint.Url.AbsoluteUri, ["reason"] = reason };
            var notice = new FeedEvent($"ev_{endpoint.Id}_off_{Base32.Encode(now.ToUnixTimeMilliseconds())}", EventTypes.WebhookDisabled, now, data.ToJsonString());
            await feed.AppendAsync(endpoint.Workspace, [notice], cancellationToken);
            return;
        }
    }
}
