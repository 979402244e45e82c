using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Files;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Files;

internal sealed class GetVoiceNote(Uploads uploads, FileLinks links)
{
    [Function(nameof(GetVoiceNote)), Operation(Role.Agent), Answers(200, typeof(VoiceNoteView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.VoiceNote)] HttpRequestData request, string voiceNoteId, FunctionContext context,
        CancellationToken cancellationToken) =>
        UploadId.TryParse(voiceNoteId, out UploadId id) && id.Kind == UploadKind.VoiceNote
        && await uploads.FindAsync(Caller.Of(context).Workspace, id, cancellationToken) is { } file
            ? await request.JsonAsync(FileViews.VoiceNote(id, file, links))
            : await request.ProblemAsync(Refusal.NotFound("voice note"));
}
