using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Contacts;

internal sealed class ChangeContact(ContactAnswers answers, IContactStore contacts, TimeProvider time)
{
    [Function(nameof(ChangeContact)), Operation(Role.Agent), Reads(typeof(ContactPatch), Partial = true), Answers(200, typeof(ContactView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Contact)] HttpRequestData request, string contactId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<JsonElement> patch = await request.ReadElementAsync(cancellationToken);
        if (patch.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ContactSnapshot> found = await answers.LoadOwnAsync(caller.Workspace, contactId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        Contact read = found.Value.State.Contact!;
        if (request.Stale(found.Value.ContactVersion!) is { } stale) return await request.ProblemAsync(stale);
        if (Read(read, patch.Value).Refusal is { } wrong) return await request.ProblemAsync(wrong);

        ContactIdentity? number = NewNumber(read, patch.Value);
        if (number is not null && await LinkAsync(read, number, cancellationToken) is { } taken) return await request.ProblemAsync(taken);
        return await answers.RunAsync(
            request, caller, contactId,
            (state, now) => state.Contact is { } contact && Read(contact, patch.Value).Refusal is { } refusal
                ? refusal
                : EditContact.Change(state, contact => Read(contact, patch.Value).Value, number, now),
            cancellationToken);
    }

    private static Result<ContactProfile> Read(Contact contact, JsonElement patch)
    {
        Result<ContactPatch> merged = ContactRules.Merge(contact, patch);
        return merged.Refusal is { } refusal
            ? refusal
            : ContactRules.Profile(merged.Value.Name, merged.Value.Language, merged.Value.Tags, merged.Value.Attributes);
    }

    private static ContactIdentity? NewNumber(Contact contact, JsonElement patch) =>
        contact.PhoneNumber is null && ContactRules.Merge(contact, patch).Value.PhoneNumber is { } text && E164.TryParseExact(text, out E164 number)
            ? new ContactIdentity(ChannelType.WhatsApp, number.ToString())
            : null;

    /// <summary>Lets the number lead to the contact, before the contact says that the number is its own.</summary>
    private async Task<Refusal?> LinkAsync(Contact contact, ContactIdentity number, CancellationToken cancellationToken)
    {
        ContactId other = ContactId.Of(contact.Workspace, number);
        if (other == contact.Id) return null;
        DateTimeOffset now = time.GetUtcNow();
        var link = new Contact { Workspace = contact.Workspace, Id = other, MergedInto = contact.Id, CreatedAt = now, UpdatedAt = now };
        CommitOutcome linked = await contacts.CommitAsync(
            new ContactSnapshot(contact.Workspace, other, ContactState.None, null, null),
            new ContactWrite(new ContactState(link, null), [], [], null, null, null), cancellationToken);
        if (linked == CommitOutcome.Committed) return null;
        Contact? holder = (await contacts.LoadPrimaryAsync(contact.Workspace, other, cancellationToken)).State.Contact;
        return holder?.Id == contact.Id
            ? null
            : new Refusal(RefusalKind.Conflict, "contact_exists", $"{holder?.Id} has this number already. Merge the two.", "phoneNumber");
    }
}
