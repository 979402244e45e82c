using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Security;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Webhooks;

/// <summary>Registers an address for events; the secret that they are signed with is told once.</summary>
internal sealed class CreateWebhook(
    IResourceStore<WebhookEndpoint> store, WebhookEndpoints endpoints, WebhookRules rules, ISecretProtector secrets, IRandomSource random, TimeProvider time)
{
    [Function(nameof(CreateWebhook)), Operation(Role.Admin)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Webhooks)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<WebhookRequest> body = await request.ReadJsonAsync<WebhookRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<Uri> url = rules.Check(body.Value);
        if (url.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        WorkspaceId workspace = Caller.Of(context).Workspace;
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
        Stored<WebhookEndpoint> saved = await store.AddAsync(endpoint, cancellationToken)
            ?? throw new InvalidOperationException($"The id {id} is taken; ids are 80 random bits.");
        endpoints.Changed(workspace);
        return await request.JsonAsync(
            WebhookView.Of(saved.Value, secret), HttpStatusCode.Created, saved.Version, $"/api/v1/workspaces/{workspace}/webhooks/{id}");
    }
}
