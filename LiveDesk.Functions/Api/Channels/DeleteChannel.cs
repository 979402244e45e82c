using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Api.Resources;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

/// <summary>Refused while conversations are open on the channel, unless <c>?force=true</c>.</summary>
internal sealed class DeleteChannel(
    ChannelAccess access, IChannelDirectory channels, IInboxIndex inbox, Uses uses, ChannelMapping mapping, AuditTrail audit)
{
    private const int Attempts = 20;

    private static readonly Refusal InUse = Refusal.Conflict(
        "channel_in_use", "Conversations are open on this channel. Close them, or delete with ?force=true: they can then no longer be answered on it.");

    [Function(nameof(DeleteChannel)), Operation(Role.Admin), Answers(204)]
    [Query("force", "true: also while conversations are open on it.")]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Routes.Channel)] HttpRequestData request, string channelId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            Result<ChannelSnapshot> found = await access.LoadAsync(caller, channelId, cancellationToken);
            if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
            if (request.Stale(found.Value.Version) is { } stale) return await request.ProblemAsync(stale);
            if (request.Query["force"] != "true" && await IsInUseAsync(found.Value.Channel, cancellationToken)) return await request.ProblemAsync(InUse);
            if (await uses.OfChannelAsync(caller.Workspace, found.Value.Channel.Id, cancellationToken) is { } named) return await request.ProblemAsync(named);
            ChannelView channel = mapping.View(found.Value.Channel);
            bool deleted = await audit.RunAsync(
                caller, "channel.deleted", channel.Target, () => channels.DeleteAsync(found.Value, cancellationToken),
                gone => gone ? new AuditNote(channel.Target, channel.Audited) : null, cancellationToken);
            if (deleted) return request.Empty();
        }
        return await request.ProblemAsync(new Refusal(RefusalKind.Unavailable, "busy", "The channel is being changed by others. Try again."));
    }

    private async Task<bool> IsInUseAsync(Channel channel, CancellationToken cancellationToken)
    {
        foreach (ConversationStatus status in new[] { ConversationStatus.Open, ConversationStatus.Snoozed })
            if ((await inbox.ListAsync(channel.Workspace, InboxViews.OfChannel(status, channel.Id), 1, null, cancellationToken)).Items.Count > 0) return true;
        return false;
    }
}
