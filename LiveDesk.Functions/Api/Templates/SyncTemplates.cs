using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Templates;

/// <summary>Reads a channel's templates from its provider anew.</summary>
internal sealed class SyncTemplates(ChannelAccess channels, ChannelTemplates templates)
{
    [Function(nameof(SyncTemplates)), Operation(Role.Agent), Answers(200, typeof(ListView<TemplateView>))]
    [Query("channelId", "The channel whose templates are read.")]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Templates + "/sync")] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        if (request.Query["channelId"] is not { Length: > 0 } channelId) return await request.ProblemAsync(Refusal.Malformed("channelId", "Name the channel."));
        Result<ChannelSnapshot> found = await channels.LoadAsync(Caller.Of(context), channelId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        Result<SyncedTemplates> synced = await templates.SyncAsync(found.Value.Channel, cancellationToken);
        return synced.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await request.JsonAsync(new ListView<TemplateView>([.. TemplateView.Of(found.Value.Channel, synced.Value)], null));
    }
}
