using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

/// <summary>Erases a customer's personal data; what was counted stays counted. Whoever writes from the same number later is new.</summary>
internal sealed class DeleteContact(ContactAnswers answers, EraseContact erase, AuditTrail audit)
{
    [Function(nameof(DeleteContact)), Operation(Role.Admin), Answers(204)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.Contact)] HttpRequestData request, string contactId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<ContactSnapshot> found = await answers.LoadOwnAsync(caller.Workspace, contactId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        Result<ContactId> erased = await audit.RunAsync(
            caller, "contact.erased", new AuditTarget("contact", found.Value.Id.Value),
            () => erase.RunAsync(
                caller.Workspace, found.Value.Id, caller.Actor, snapshot => request.Stale(snapshot.ContactVersion ?? ""), cancellationToken),
            id => new AuditNote(new AuditTarget("contact", id.Value)), cancellationToken);
        return erased.Refusal is { } refusal ? await request.ProblemAsync(refusal) : request.Empty();
    }
}
