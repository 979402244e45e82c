using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

/// <summary>What the operations on one contact share.</summary>
internal sealed class ContactAnswers(IContactStore contacts, ContactDesk desk)
{
    /// <returns>The contact, or the one it was merged into; 404 for one that is erased.</returns>
    public async Task<Result<ContactSnapshot>> LoadAsync(WorkspaceId workspace, string contactId, CancellationToken cancellationToken) =>
        ContactId.TryParse(contactId, out ContactId id)
        && await contacts.LoadPrimaryAsync(workspace, id, cancellationToken) is { State.Contact.IsErased: false } found
            ? found
            : Refusal.NotFound("contact");

    /// <summary>For what changes a contact: one that was merged into another takes nothing any more.</summary>
    public async Task<Result<ContactSnapshot>> LoadOwnAsync(WorkspaceId workspace, string contactId, CancellationToken cancellationToken)
    {
        Result<ContactSnapshot> found = await LoadAsync(workspace, contactId, cancellationToken);
        return found.Accepted && ContactId.TryParse(contactId, out ContactId id) && id != found.Value.Id ? MergeRules.Merged(id, found.Value.Id) : found;
    }

    /// <summary>Runs a decision on a contact under the request's <c>If-Match</c> and answers with what it is then.</summary>
    public async Task<HttpResponseData> RunAsync(
        HttpRequestData request, Caller caller, string contactId, ContactTransactions.Decide decide, CancellationToken cancellationToken)
    {
        Result<ContactSnapshot> found = await LoadOwnAsync(caller.Workspace, contactId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        ContactId id = found.Value.Id;
        Result<Committed> done = await desk.RunAsync(
            caller.Workspace, id, decide, cancellationToken,
            condition: snapshot => snapshot.Id == id ? request.Stale(snapshot.ContactVersion ?? "") : MergeRules.Merged(id, snapshot.Id));
        if (done.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        return await ShowAsync(request, caller.Workspace, done.Value.Contact, cancellationToken);
    }

    public async Task<HttpResponseData> ShowAsync(HttpRequestData request, WorkspaceId workspace, ContactId id, CancellationToken cancellationToken)
    {
        ContactSnapshot now = await contacts.LoadAsync(workspace, id, cancellationToken);
        return now.State.Contact is { IsErased: false } contact
            ? await request.JsonAsync(ContactView.Of(contact), version: now.ContactVersion)
            : await request.ProblemAsync(Refusal.NotFound("contact"));
    }
}
