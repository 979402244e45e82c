using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Security;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Operations;

/// <summary>The middle step of a rotation of the encryption key: brings what stands under the former key under the new one.</summary>
internal sealed class ReencryptSecrets(SecretReencryption reencryption)
{
    [Function(nameof(ReencryptSecrets)), Operation(Role.Admin)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Workspace + "/operations/secrets/reencrypt")] HttpRequestData request,
        CancellationToken cancellationToken)
    {
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        return await request.JsonAsync(await reencryption.RunAsync(cancellationToken));
    }
}
