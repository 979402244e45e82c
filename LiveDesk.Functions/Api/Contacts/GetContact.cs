using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

internal sealed class GetContact(IContactStore contacts)
{
    [Function(nameof(GetContact)), Operation(Role.Agent), Answers(200, typeof(ContactView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Contact)] HttpRequestData request, string contactId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        if (!ContactId.TryParse(contactId, out ContactId id)) return await request.ProblemAsync(Refusal.NotFound("contact"));
        ContactSnapshot found = await contacts.LoadAsync(Caller.Of(context).Workspace, id, cancellationToken);
        return found.State.Contact is { IsErased: false } contact
            ? await request.JsonAsync(ContactView.Of(contact), version: found.ContactVersion)
            : await request.ProblemAsync(Refusal.NotFound("contact"));
    }
}
