using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Files;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Files;

/// <summary>Takes a recording as a draft: it can be played back, deleted, or sent once.</summary>
internal sealed class CreateVoiceNote(Uploads uploads, FileLinks links)
{
    [Function(nameof(CreateVoiceNote)), Operation(Role.Agent), KeepsOwnKeys, Reads(typeof(byte[])), Answers(201, typeof(VoiceNoteView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.VoiceNotes)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<UploadRequest> upload = await UploadReader.ReadAsync(request, caller, cancellationToken);
        if (upload.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<StoredFile> stored = await uploads.AddVoiceNoteAsync(caller.Workspace, request.Body, upload.Value, cancellationToken);
        if (stored.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        UploadId id = FileViews.IdOf(stored.Value);
        return await request.JsonAsync(
            FileViews.VoiceNote(id, stored.Value, links), HttpStatusCode.Created, location: $"/api/v1/workspaces/{caller.Workspace}/voice-notes/{id}");
    }
}
