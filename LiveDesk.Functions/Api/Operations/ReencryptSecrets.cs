using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Security;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Operations;

/// <summary>The middle step of a rotation of the encryption key: brings what stands under the former key under the new one.</summary>
internal sealed class ReencryptSecrets(SecretReencryption reencryption, AuditTrail audit)
{
    [Function(nameof(ReencryptSecrets)), Operation(Role.Admin), Answers(200, typeof(ReencryptionResult))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Operations + "/secrets/reencrypt")] HttpRequestData request,
        FunctionContext context, CancellationToken cancellationToken)
    {
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        var target = new AuditTarget("operation", "reencrypt");
        return await request.JsonAsync(await audit.RunAsync(
            Caller.Of(context), "secrets.reencrypted", target, () => reencryption.RunAsync(cancellationToken),
            result => new AuditNote(target, null, result), cancellationToken));
    }
}
