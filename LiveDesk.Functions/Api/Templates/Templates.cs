using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging.Templates;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Templates;

internal sealed record TemplateView(
    ChannelId ChannelId, string? ProviderId, string Name, string Language, TemplateStatus Status, string? Category, string? Body, string? Header,
    string? Footer, IReadOnlyList<string> Variables, string? Reason, DateTimeOffset SyncedAt)
{
    public static IEnumerable<TemplateView> Of(Channel channel, SyncedTemplates? templates) =>
        from t in templates?.Items ?? []
        select new TemplateView(
            channel.Id, t.ProviderId, t.Name, t.Language, t.Status, t.Category, t.Body, t.Header, t.Footer, t.Variables, t.Reason, templates!.SyncedAt);

    /// <summary>What a list goes on after.</summary>
    public string Place => $"{ChannelId}:{Name}:{Language}:{ProviderId}";
}

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
        return await request.JsonAsync(paging.Value.Of(views.OrderBy(v => v.Place, StringComparer.Ordinal), v => v.Place));
    }
}

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
