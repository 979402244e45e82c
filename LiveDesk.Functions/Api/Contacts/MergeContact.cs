using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

internal sealed record MergeRequest(string SecondaryId);

/// <summary>Makes one contact of two; answers with the one that stays. It cannot be undone.</summary>
internal sealed class MergeContact(MergeContacts merge, AuditTrail audit)
{
    [Function(nameof(MergeContact)), Operation(Role.Agent), Reads(typeof(MergeRequest)), Answers(200, typeof(ContactView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Contact + "/merge")] HttpRequestData request, string contactId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Result<MergeRequest> body = await request.ReadJsonAsync<MergeRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        if (!ContactId.TryParse(contactId, out ContactId primary)) return await request.ProblemAsync(Refusal.NotFound("contact"));
        if (!ContactId.TryParse(body.Value.SecondaryId, out ContactId secondary))
            return await request.ProblemAsync(Refusal.Malformed("secondaryId", "Not the id of a contact."));
        Caller caller = Caller.Of(context);
        Result<ContactSnapshot> merged = await audit.RunAsync(
            caller, "contact.merged", new AuditTarget("contact", primary.Value),
            () => merge.RunAsync(caller.Workspace, primary, secondary, caller.Actor, cancellationToken, read => request.Stale(read.ContactVersion!)),
            kept => new AuditNote(new AuditTarget("contact", kept.Id.Value), null, body.Value), cancellationToken);
        if (merged.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        return await request.JsonAsync(ContactView.Of(merged.Value.State.Contact!), version: merged.Value.ContactVersion);
    }
}
