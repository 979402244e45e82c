using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

internal sealed class VerifyChannel(ChannelAccess access, ManageChannels channels, ChannelMapping mapping)
{
    [Function(nameof(VerifyChannel)), Operation(Role.Admin), Answers(200, typeof(ChannelView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Channel + "/verify")] HttpRequestData request, string channelId,
        FunctionContext context, CancellationToken cancellationToken)
    {
        if (await request.RefuseFieldsAsync(cancellationToken) is { } malformed) return await request.ProblemAsync(malformed);
        Result<ChannelSnapshot> found = await access.LoadAsync(Caller.Of(context), channelId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        Result<ChannelSnapshot> verified = await channels.VerifyAsync(found.Value, read => request.Stale(read.Version), cancellationToken);
        return verified.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await request.JsonAsync(mapping.View(verified.Value.Channel), version: verified.Value.Version);
    }
}
