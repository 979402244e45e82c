using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Files;

internal sealed class DeleteVoiceNote(Uploads uploads)
{
    [Function(nameof(DeleteVoiceNote)), Operation(Role.Agent), Answers(204)]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.VoiceNote)] HttpRequestData request, string voiceNoteId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Refusal? refusal = UploadId.TryParse(voiceNoteId, out UploadId id) && id.Kind == UploadKind.VoiceNote
            ? await uploads.DeleteAsync(Caller.Of(context).Workspace, id, cancellationToken)
            : Refusal.NotFound("voice note");
        return refusal is null ? request.Empty() : await request.ProblemAsync(refusal);
    }
}
