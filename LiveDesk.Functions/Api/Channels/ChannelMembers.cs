using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

/// <summary>Adds a member to a channel, or takes one out; either is safe to repeat.</summary>
internal sealed class ChannelMembers(ChannelAccess access, ManageChannels channels, ChannelMapping mapping)
{
    private const string Route = Routes.Channel + "/agents/{agentId}";

    [Function("AddChannelMember"), Operation(Role.Admin)]
    public Task<HttpResponseData> Add(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequestData request, string channelId, string agentId, FunctionContext context,
        CancellationToken cancellationToken) =>
        ChangeAsync(request, channelId, agentId, context, channels.AddMemberAsync, cancellationToken);

    [Function("RemoveChannelMember"), Operation(Role.Admin)]
    public Task<HttpResponseData> Remove(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequestData request, string channelId, string agentId, FunctionContext context,
        CancellationToken cancellationToken) =>
        ChangeAsync(request, channelId, agentId, context, channels.RemoveMemberAsync, cancellationToken);

    private async Task<HttpResponseData> ChangeAsync(
        HttpRequestData request, string channelId, string agentId, FunctionContext context,
        Func<ChannelSnapshot, AgentId, CancellationToken, Task<Result<ChannelSnapshot>>> change, CancellationToken cancellationToken)
    {
        Result<ChannelSnapshot> found = await access.LoadAsync(Caller.Of(context), channelId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        if (!AgentId.TryParse(agentId, out AgentId agent)) return await request.ProblemAsync(Refusal.NotFound("agent"));
        if (request.Stale(found.Value.Version) is { } stale) return await request.ProblemAsync(stale);
        Result<ChannelSnapshot> changed = await change(found.Value, agent, cancellationToken);
        return changed.Refusal is { } refusal
            ? await request.ProblemAsync(refusal.Code == "agent_unknown" ? Refusal.NotFound("agent") : refusal)
            : await request.JsonAsync(mapping.View(changed.Value.Channel), version: changed.Value.Version);
    }
}
