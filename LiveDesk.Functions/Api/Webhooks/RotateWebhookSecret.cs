using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Security;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Webhooks;

/// <summary>A new secret, told once. For a day messages are signed with the old one too, so that receivers can change over without a gap.</summary>
internal sealed class RotateWebhookSecret(
    IResourceStore<WebhookEndpoint> store, WebhookEndpoints endpoints, ISecretProtector secrets, IRandomSource random, AuditTrail audit, TimeProvider time)
{
    private const int Attempts = 20;

    [Function(nameof(RotateWebhookSecret)), Operation(Role.Admin), Answers(200, typeof(WebhookView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Webhook + "/rotate-secret")] HttpRequestData request, string webhookId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        Caller caller = Caller.Of(context);
        // Drawn once: a request that is repeated after a crash draws the same, and what it made is there already.
        string secret = WebhookSignature.Show(random.Bytes(WebhookSignature.SecretLength));
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await store.FindAsync(caller.Workspace, webhookId, cancellationToken) is not { } found)
                return await request.ProblemAsync(Refusal.NotFound("webhook"));
            if (request.Stale(found.Version) is { } stale) return await request.ProblemAsync(stale);
            if (secrets.Unprotect(found.Value.ProtectedSecret, webhookId) == secret)
                return await request.JsonAsync(WebhookView.Of(found.Value, secret), version: found.Version);
            if (await RotateAsync(caller, found, secret, cancellationToken) is not { } saved) continue;
            endpoints.Changed(caller.Workspace);
            return await request.JsonAsync(WebhookView.Of(saved.Value, secret), version: saved.Version);
        }
        return await request.ProblemAsync(new Refusal(RefusalKind.Unavailable, "busy", "The webhook is being changed by others. Try again."));
    }

    /// <returns>Null if it has been changed since it was read.</returns>
    private async Task<Stored<WebhookEndpoint>?> RotateAsync(
        Caller caller, Stored<WebhookEndpoint> found, string secret, CancellationToken cancellationToken)
    {
        WebhookEndpoint next = found.Value with
        {
            ProtectedSecret = secrets.Protect(secret, found.Value.Id),
            PreviousProtectedSecret = found.Value.ProtectedSecret,
            PreviousSecretUntil = time.GetUtcNow() + WebhookEndpoint.SecretOverlap,
        };
        AuditTarget target = WebhookView.Of(found.Value).Target;
        ReplaceResult<WebhookEndpoint> replaced = await audit.RunAsync(
            caller, "webhook.secret_rotated", target, () => store.ReplaceAsync(found, next, cancellationToken),
            result => result.Saved is null ? null : new AuditNote(target), cancellationToken);
        return replaced.Saved;
    }
}
