using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Security;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Webhooks;

/// <summary>Registers an address for events; the secret that they are signed with is told once.</summary>
internal sealed class CreateWebhook(
    IResourceStore<WebhookEndpoint> store, WebhookEndpoints endpoints, WebhookRules rules, ISecretProtector secrets, IRandomSource random,
    AuditTrail audit, TimeProvider time)
{
    [Function(nameof(CreateWebhook)), Operation(Role.Admin), Reads(typeof(WebhookRequest)), Answers(201, typeof(WebhookView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Webhooks)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<WebhookRequest> body = await request.ReadJsonAsync<WebhookRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<Uri> url = rules.Check(body.Value);
        if (url.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        Caller caller = Caller.Of(context);
        WorkspaceId workspace = caller.Workspace;
        if ((await store.ListAsync(workspace, cancellationToken)).Count >= WebhookEndpoint.MaximumPerWorkspace)
            return await request.ProblemAsync(Refusal.Rule("too_many_webhooks", $"A workspace has at most {WebhookEndpoint.MaximumPerWorkspace} webhooks."));

        string id = ResourceId.New("wh", random), secret = WebhookSignature.Show(random.Bytes(WebhookSignature.SecretLength));
        var endpoint = new WebhookEndpoint
        {
            Workspace = workspace,
            Id = id,
            Url = url.Value,
            Events = [.. body.Value.Events.Distinct()],
            Active = body.Value.Active,
            ProtectedSecret = secrets.Protect(secret, id),
            CreatedAt = time.GetUtcNow(),
        };
        // A request that is repeated after a crash draws the same numbers, and finds what the first one made.
        Stored<WebhookEndpoint> saved = await audit.RunAsync(
            caller, "webhook.created", WebhookView.Of(endpoint).Target,
            async () => await store.AddAsync(endpoint, cancellationToken) ?? (await store.FindAsync(workspace, id, cancellationToken))!,
            made => Note(WebhookView.Of(made.Value)), cancellationToken);
        endpoints.Changed(workspace);
        return await request.JsonAsync(
            WebhookView.Of(saved.Value, secret), HttpStatusCode.Created, saved.Version, $"/api/v1/workspaces/{workspace}/webhooks/{id}");
    }

    private static AuditNote Note(WebhookView made) => new(made.Target, null, made);
}
