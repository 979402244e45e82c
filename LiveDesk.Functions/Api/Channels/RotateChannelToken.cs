using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

internal sealed class RotateChannelToken(ChannelAccess access, ManageChannels channels, ChannelMapping mapping, AuditTrail audit)
{
    [Function(nameof(RotateChannelToken)), Operation(Role.Admin), Answers(200, typeof(ChannelView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Channel + "/rotate-token")] HttpRequestData request, string channelId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        Result<ChannelSnapshot> found = await access.LoadAsync(caller, channelId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        Result<ChannelSnapshot> rotated = await audit.RunAsync(
            caller, "channel.token_rotated", mapping.View(found.Value.Channel).Target,
            () => channels.RotateTokenAsync(found.Value, read => request.Stale(read.Version), cancellationToken),
            done => new AuditNote(mapping.View(done.Channel).Target), cancellationToken);
        return rotated.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await request.JsonAsync(mapping.View(rotated.Value.Channel), version: rotated.Value.Version);
    }
}
