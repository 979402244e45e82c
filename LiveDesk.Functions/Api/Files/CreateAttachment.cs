using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Messages;
using LiveDesk.Functions.Files;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Files;

/// <summary>Takes a file that a message shall carry.</summary>
internal sealed class CreateAttachment(Uploads uploads, FileLinks links)
{
    [Function(nameof(CreateAttachment)), Operation(Role.Agent), KeepsOwnKeys, Reads(typeof(byte[])), Answers(201, typeof(AttachmentView))]
    [Query("fileName", "What the customer sees.")]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Attachments)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<UploadRequest> upload = await UploadReader.ReadAsync(request, caller, cancellationToken);
        if (upload.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<StoredFile> stored = await uploads.AddAttachmentAsync(caller.Workspace, request.Body, upload.Value, cancellationToken);
        if (stored.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        UploadId id = FileViews.IdOf(stored.Value);
        return await request.JsonAsync(
            FileViews.Attachment(id, stored.Value, links), HttpStatusCode.Created, location: $"/api/v1/workspaces/{caller.Workspace}/attachments/{id}");
    }
}
