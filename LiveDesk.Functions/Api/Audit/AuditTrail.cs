using System.Text.Json;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Functions.Api.Audit;

/// <summary>
/// Writes what a caller did into the audit log, with the thing as the API shows it: secrets are masked there already. Called after the effect and
/// before the answer.
/// </summary>
internal sealed class AuditTrail(IAuditLog log, IRandomSource random, TimeProvider time)
{
    public Task RecordAsync(Caller caller, string action, AuditTarget target, object? before, object? after, CancellationToken cancellationToken) =>
        log.AppendAsync(
            new AuditEntry(
                caller.Workspace, ResourceId.New("au", random), time.GetUtcNow(), caller.Actor, action, target, Document(before), Document(after)),
            cancellationToken);

    private static JsonElement? Document(object? value) => value is null ? null : JsonSerializer.SerializeToElement(value, value.GetType(), ApiJson.Options);
}
