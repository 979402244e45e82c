using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Agents;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Me;

internal sealed record MyChannelView(ChannelId Id, string Name, ChannelType Type);

/// <param name="Id">The person's id, or the API key's where it speaks for nobody.</param>
/// <param name="Agent">The person the caller speaks for; null for an integration.</param>
/// <param name="Channels">What the caller sees.</param>
internal sealed record MeView(
    string? Id, string? Name, Role Role, WorkspaceId Workspace, string? KeyId, AgentId? AgentId, AgentView? Agent, IReadOnlyList<MyChannelView> Channels);

/// <summary>Who the caller is, and what the caller sees: a frontend's first call.</summary>
internal sealed class GetMe(IDeskStore desk, IChannelDirectory channels)
{
    [Function(nameof(GetMe)), Operation(Role.Agent), Answers(200, typeof(MeView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Routes.Me)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Agent? agent = caller.Agent is { } id ? (await desk.FindAgentAsync(caller.Workspace, id, cancellationToken))?.Agent : null;
        MyChannelView[] seen =
        [
            .. (await channels.ListAsync(caller.Workspace, cancellationToken)).Select(c => c.Channel).Where(c => Access.Sees(caller, c))
                .Select(c => new MyChannelView(c.Id, c.Name, c.Type)),
        ];
        return await request.JsonAsync(new MeView(
            caller.Agent?.Value ?? caller.KeyId, agent?.Name ?? caller.Name, caller.Role, caller.Workspace, caller.KeyId, caller.Agent,
            agent is null ? null : AgentView.Of(agent), seen));
    }
}
