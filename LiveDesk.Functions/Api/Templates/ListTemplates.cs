using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Templates;

/// <summary>The templates that channels knew when they were last synced; of one channel, or of all that the caller sees.</summary>
internal sealed class ListTemplates(IChannelDirectory channels, ChannelTemplates templates)
{
    [Function(nameof(ListTemplates)), Operation(Role.Agent), Answers(200, typeof(ListView<TemplateView>))]
    [Query("channelId", "Only this channel's.")]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Templates)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<Paging> paging = Paging.Of(request);
        if (paging.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        string? wanted = request.Query["channelId"];
        if (wanted is not null && !ChannelId.TryParse(wanted, out _)) return await request.ProblemAsync(Refusal.Malformed("channelId", "Not a channel's id."));
        Channel[] seen =
        [
            .. (await channels.ListAsync(caller.Workspace, cancellationToken)).Select(c => c.Channel)
                .Where(c => Access.Sees(caller, c) && (wanted is null || c.Id.Value == wanted)),
        ];
        if (wanted is not null && seen.Length == 0) return await request.ProblemAsync(Refusal.NotFound("channel"));
        var views = new List<TemplateView>();
        foreach (Channel channel in seen) views.AddRange(TemplateView.Of(channel, await templates.FindAsync(channel, cancellationToken)));
        return await request.PageAsync(paging.Value.Of("templates", views.OrderBy(v => v.Place, StringComparer.Ordinal), v => v.Place));
    }
}
