using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Conversations;

/// <summary>A person opens a conversation; the one that is open already is answered with 200.</summary>
internal sealed class CreateConversation(ChannelAccess channels, ConversationAccess access, ContactDesk desk)
{
    [Reads(typeof(OpenRequest)), Answers(201, typeof(ConversationView)), Answers(200, typeof(ConversationView))]
    [Function(nameof(CreateConversation)), Operation(Role.Agent)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Conversations)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<OpenRequest> body = await request.ReadJsonAsync<OpenRequest>(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        if (await channels.FindAsync(caller, body.Value.ChannelId, cancellationToken) is not { } channel)
            return await request.ProblemAsync(Refusal.NotFound("channel"));
        Result<(ContactId Id, ContactIdentity? Identity)> contact = Contact(caller.Workspace, body.Value, channel);
        if (contact.Refusal is { } wrong) return await request.ProblemAsync(wrong);

        var openedBy = new OpenedBy(OpenedSource.User, caller.Actor.Id);
        Result<Committed> opened = await desk.RunAsync(
            caller.Workspace, contact.Value.Id,
            (state, now) => CreateContact.ThenOpen(state, caller.Workspace, contact.Value.Id, contact.Value.Identity, channel, openedBy, caller.Actor, now),
            cancellationToken);
        if (opened.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        ConversationId id = opened.Value.After.Open!.Id;
        (ConversationView view, string version) = await access.ViewAsync(caller, id, cancellationToken);
        bool isNew = opened.Value.Events.OfType<ConversationOpened>().Any();
        return await request.JsonAsync(
            view, isNew ? HttpStatusCode.Created : HttpStatusCode.OK, version, $"/api/v1/workspaces/{caller.Workspace}/conversations/{id}");
    }

    private static Result<(ContactId Id, ContactIdentity? Identity)> Contact(WorkspaceId workspace, OpenRequest body, Channel channel)
    {
        if (body.ContactId is { } id)
            return body.PhoneNumber is null ? (id, (ContactIdentity?)null) : Refusal.Malformed("phoneNumber", "Give contactId or phoneNumber, not both.");
        if (body.PhoneNumber is null) return Refusal.Malformed("contactId", "Give contactId or phoneNumber.");
        if (channel.Type is not (ChannelType.WhatsApp or ChannelType.Sms)) return Refusal.Malformed("phoneNumber", "Customers of this channel have no number.");
        if (!E164.TryParseExact(body.PhoneNumber, out E164 number)) return Refusal.Malformed("phoneNumber", "Must be an E.164 number, such as +14155550100.");
        var identity = new ContactIdentity(channel.Type, number.ToString());
        return (ContactId.Of(workspace, identity), (ContactIdentity?)identity);
    }
}
