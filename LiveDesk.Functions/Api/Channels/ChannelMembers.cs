using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

/// <summary>Adds a member to a channel, or takes one out; either is safe to repeat.</summary>
internal sealed class ChannelMembers(ChannelAccess access, ManageChannels channels, ChannelMapping mapping, AuditTrail audit)
{
    private const string Route = Routes.Channel + "/agents/{agentId}";

    [Function("AddChannelMember"), Operation(Role.Admin), Answers(200, typeof(ChannelView))]
    public Task<HttpResponseData> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequestData request, string channelId, string agentId, FunctionContext context,
        CancellationToken cancellationToken) =>
        ChangeAsync(request, channelId, agentId, context, channels.AddMemberAsync, cancellationToken);

    [Function("RemoveChannelMember"), Operation(Role.Admin), Answers(204)]
    public Task<HttpResponseData> Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequestData request, string channelId, string agentId, FunctionContext context,
        CancellationToken cancellationToken) =>
        ChangeAsync(request, channelId, agentId, context, channels.RemoveMemberAsync, cancellationToken);

    private async Task<HttpResponseData> ChangeAsync(
        HttpRequestData request, string channelId, string agentId, FunctionContext context,
        Func<ChannelSnapshot, AgentId, Func<ChannelSnapshot, Refusal?>, CancellationToken, Task<Result<ChannelSnapshot>>> change,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<ChannelSnapshot> found = await access.LoadAsync(caller, channelId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        if (!AgentId.TryParse(agentId, out AgentId agent)) return await request.ProblemAsync(Refusal.NotFound("agent"));
        IReadOnlyList<AgentId> before = found.Value.Channel.AgentIds;
        Result<ChannelSnapshot> changed = await audit.RunAsync(
            caller, "channel.members_changed", mapping.View(found.Value.Channel).Target, () => change(found.Value, agent, Unfit, cancellationToken),
            done => Note(before, mapping.View(done.Channel)), cancellationToken);
        if (changed.Refusal is { } refusal)
            return await request.ProblemAsync(refusal.Code == "agent_unknown" ? Refusal.NotFound("agent") : refusal);
        ChannelView view = mapping.View(changed.Value.Channel);
        return request.Method == "DELETE" ? request.Empty() : await request.JsonAsync(view, version: changed.Value.Version);

        Refusal? Unfit(ChannelSnapshot read)
        {
            before = read.Channel.AgentIds;
            return request.Stale(read.Version);
        }
    }

    private static AuditNote? Note(IReadOnlyList<AgentId> before, ChannelView after) =>
        before.SequenceEqual(after.AgentIds) ? null : new AuditNote(after.Target, new MembersView(before), new MembersView(after.AgentIds));

    private sealed record MembersView(IReadOnlyList<AgentId> AgentIds);
}
