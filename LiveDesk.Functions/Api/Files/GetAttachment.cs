using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Messages;
using LiveDesk.Functions.Files;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Files;

/// <summary>What is known of a file, with a fresh link: an upload, or a file that a customer sent.</summary>
internal sealed class GetAttachment(Uploads uploads, IContactStore contacts, ChannelAccess channels, FileLinks links)
{
    [Function(nameof(GetAttachment)), Operation(Role.Agent), Answers(200, typeof(AttachmentView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Attachment)] HttpRequestData request, string attachmentId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        AttachmentView? view = UploadId.TryParse(attachmentId, out UploadId id)
            ? await UploadedAsync(caller, id, cancellationToken)
            : await ReceivedAsync(caller, attachmentId, cancellationToken);
        return view is null ? await request.ProblemAsync(Refusal.NotFound("attachment")) : await request.JsonAsync(view);
    }

    private async Task<AttachmentView?> UploadedAsync(Caller caller, UploadId id, CancellationToken cancellationToken) =>
        id.Kind == UploadKind.Attachment && await uploads.FindAsync(caller.Workspace, id, cancellationToken) is { } file
            ? FileViews.Attachment(id, file, links)
            : null;

    private async Task<AttachmentView?> ReceivedAsync(Caller caller, string attachmentId, CancellationToken cancellationToken)
    {
        if (!MessageAttachments.TryParse(attachmentId, out MessageId message)
            || await contacts.FindMessageAsync(caller.Workspace, message, cancellationToken) is not { Message: { Channel: { } channel } found }
            || await channels.FindOfRecordAsync(caller, channel, cancellationToken) is null) return null;
        return found.Content.Attachments.FirstOrDefault(a => a.Id == attachmentId) is { } attachment ? AttachmentView.Of(attachment, links) : null;
    }
}
