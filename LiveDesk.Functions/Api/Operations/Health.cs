using System.Net;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Operations;

/// <summary>For load balancers and people: whether the process lives, and whether it can work.</summary>
internal sealed class Health(Tables tables, StoragePreparation preparation)
{
    [Function("Health")]
    public static Task<HttpResponseData> Live([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequestData request) =>
        request.JsonAsync(new HealthView("ok"));

    [Function("Ready")]
    public async Task<HttpResponseData> Ready(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ready")] HttpRequestData request, CancellationToken cancellationToken)
    {
        if (!preparation.IsDone) return await request.ProblemAsync(Refused("The tables and queues have not all been created yet."));
        try
        {
            await tables.Channels.GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>("ready", "ready", cancellationToken: cancellationToken);
            return await request.JsonAsync(new HealthView("ready"));
        }
        catch (Exception e) when (StorageFailures.IsAny(e))
        {
            return await request.ProblemAsync(Refused("The storage account cannot be reached."));
        }
    }

    private static Refusal Refused(string why) => new(RefusalKind.Unavailable, "storage_unavailable", why);

    private sealed record HealthView(string Status);
}
