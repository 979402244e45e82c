using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

internal sealed class ListChannels(IChannelDirectory channels, ChannelMapping mapping)
{
    [Function(nameof(ListChannels)), Operation(Role.Agent), Answers(200, typeof(ListView<ChannelView>))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Channels)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Caller caller = Caller.Of(context);
        IReadOnlyList<ChannelSnapshot> all = await channels.ListAsync(caller.Workspace, cancellationToken);
        return await request.PageAsync(paging.Value.Of(
            "channels", all.Select(c => c.Channel).Where(c => Access.Sees(caller, c)).Select(mapping.View), view => view.Id.Value));
    }
}
