using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

internal sealed class GetChannel(ChannelAccess access, ChannelMapping mapping)
{
    [Function(nameof(GetChannel)), Operation(Role.Agent), Answers(200, typeof(ChannelView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Channel)] HttpRequestData request, string channelId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<ChannelSnapshot> found = await access.LoadAsync(Caller.Of(context), channelId, cancellationToken);
        return found.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await request.JsonAsync(mapping.View(found.Value.Channel), version: found.Value.Version);
    }
}
