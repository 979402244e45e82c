using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

/// <summary>A contact that has not written yet. Whoever has the number already is named in the refusal.</summary>
internal sealed class CreateContactOperation(IContactStore contacts, ContactDesk desk, IRandomSource random)
{
    private const int KeyBytes = 15;

    [Function("CreateContact"), Operation(Role.Agent), Reads(typeof(NewContactRequest)), Answers(201, typeof(ContactView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Contacts)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        WorkspaceId workspace = Caller.Of(context).Workspace;
        ContactId.TryFromKey(Base32.Encode(random.Bytes(KeyBytes)), out ContactId unnamed);
        Result<NewContactRequest> body = await request.ReadJsonAsync<NewContactRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ContactProfile> profile = ContactRules.Profile(body.Value.Name, body.Value.Language, body.Value.Tags, body.Value.Attributes);
        if (profile.Refusal is { } wrong) return await request.ProblemAsync(wrong);
        Result<IReadOnlyList<ContactIdentity>> identities = ContactRules.Identities(body.Value);
        if (identities.Refusal is { } unreadable) return await request.ProblemAsync(unreadable);
        if (identities.Value.Count == 0 && profile.Value.Name is null)
            return await request.ProblemAsync(Refusal.Malformed("name", "Give a name or a phoneNumber."));

        ContactId id = identities.Value.Count > 0 ? ContactId.Of(workspace, identities.Value[0]) : unnamed;
        // Written with the contact: a repeated request finds that it was this one that made it.
        SeenKey? once = RepeatedRequests.KeyOf(context) is { } key ? SeenKey.Request(key) : null;
        if (once is not null && await contacts.FindSeenAsync(workspace, id, once, cancellationToken) is not null) return await ShowAsync(request, workspace, id, cancellationToken);
        Result<Committed> created = await desk.RunAsync(
            workspace, id, (state, now) => EditContact.Create(state, workspace, id, identities.Value, profile.Value, now), cancellationToken, once);
        return created.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await ShowAsync(request, workspace, created.Value.Contact, cancellationToken);
    }

    private async Task<HttpResponseData> ShowAsync(HttpRequestData request, WorkspaceId workspace, ContactId id, CancellationToken cancellationToken)
    {
        ContactSnapshot now = await contacts.LoadAsync(workspace, id, cancellationToken);
        return await request.JsonAsync(
            ContactView.Of(now.State.Contact!), HttpStatusCode.Created, now.ContactVersion, $"/api/v1/workspaces/{workspace}/contacts/{id}");
    }
}
