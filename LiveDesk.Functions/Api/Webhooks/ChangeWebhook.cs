using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Webhooks;

/// <summary>Changes a webhook. Activating one that the desk has switched off gives it another three days.</summary>
internal sealed class ChangeWebhook(
    IResourceStore<WebhookEndpoint> store, WebhookEndpoints endpoints, IWebhookDeliveries deliveries, WebhookRules rules, AuditTrail audit)
{
    private const int Attempts = 20;

    private static readonly Refusal Busy = new(RefusalKind.Unavailable, "busy", "The webhook is being changed by others. Try again.");

    [Function(nameof(ChangeWebhook)), Operation(Role.Admin), Reads(typeof(WebhookRequest), Partial = true), Answers(200, typeof(WebhookView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Webhook)] HttpRequestData request, string webhookId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<JsonElement> patch = await request.ReadElementAsync(cancellationToken);
        if (patch.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Caller caller = Caller.Of(context);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.FindAsync(caller.Workspace, webhookId, cancellationToken) is not { } found)
                return await request.ProblemAsync(Refusal.NotFound("webhook"));
            if (request.Stale(found.Version) is { } stale) return await request.ProblemAsync(stale);
            Result<WebhookEndpoint> next = Changed(found.Value, patch.Value);
            if (next.Refusal is { } wrong) return await request.ProblemAsync(wrong);
            if (await ReplaceAsync(caller, found, next.Value, cancellationToken) is not { } saved) continue;
            endpoints.Changed(caller.Workspace);
            return await request.JsonAsync(WebhookView.Of(saved.Value), version: saved.Version);
        }
        return await request.ProblemAsync(Busy);
    }

    [Function("DeleteWebhook"), Operation(Role.Admin), Answers(204)]
    public async Task<HttpResponseData> Delete(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.Webhook)] HttpRequestData request, string webhookId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.FindAsync(caller.Workspace, webhookId, cancellationToken) is not { } found)
                return await request.ProblemAsync(Refusal.NotFound("webhook"));
            if (request.Stale(found.Version) is { } stale) return await request.ProblemAsync(stale);
            WebhookView webhook = WebhookView.Of(found.Value);
            bool deleted = await audit.RunAsync(
                caller, "webhook.deleted", webhook.Target, () => store.DeleteAsync(found, cancellationToken),
                gone => gone ? new AuditNote(webhook.Target, webhook) : null, cancellationToken);
            if (!deleted) continue;
            endpoints.Changed(caller.Workspace);
            return request.Empty();
        }
        return await request.ProblemAsync(Busy);
    }

    /// <returns>Null if it has been changed since it was read.</returns>
    private async Task<Stored<WebhookEndpoint>?> ReplaceAsync(
        Caller caller, Stored<WebhookEndpoint> found, WebhookEndpoint next, CancellationToken cancellationToken)
    {
        if (next.Active && !found.Value.Active) await deliveries.SetFailingSinceAsync(caller.Workspace, next.Id, null, cancellationToken);
        WebhookView before = WebhookView.Of(found.Value);
        ReplaceResult<WebhookEndpoint> replaced = await audit.RunAsync(
            caller, "webhook.updated", before.Target, () => store.ReplaceAsync(found, next, cancellationToken),
            result => result.Saved is { } done ? new AuditNote(WebhookView.Of(done.Value).Target, before, WebhookView.Of(done.Value)) : null,
            cancellationToken);
        return replaced.Saved;
    }

    private Result<WebhookEndpoint> Changed(WebhookEndpoint endpoint, JsonElement patch)
    {
        var current = new WebhookRequest { Url = endpoint.Url.AbsoluteUri, Events = endpoint.Events, Active = endpoint.Active };
        Result<WebhookRequest> merged = ApiJson.Read<WebhookRequest>(MergePatch.Apply(JsonSerializer.SerializeToElement(current, ApiJson.Options), patch));
        if (merged.Refusal is { } malformed) return malformed;
        WebhookRequest wanted = merged.Value;
        return rules.Check(wanted).Then(url => endpoint with
        {
            Url = url,
            Events = [.. wanted.Events.Distinct()],
            Active = wanted.Active,
            DisabledAt = wanted.Active ? null : endpoint.DisabledAt,
            DisabledReason = wanted.Active ? null : endpoint.DisabledReason,
        });
    }
}
