using System.Net;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

internal sealed class CreateChannel(ManageChannels channels, ChannelMapping mapping, AuditTrail audit)
{
    [Function(nameof(CreateChannel)), Operation(Role.Admin), Reads(typeof(ChannelRequest)), Answers(201, typeof(ChannelView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Routes.Channels)] HttpRequestData request, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Result<NewChannel> wanted = Read(await request.ReadJsonAsync<ChannelRequest>(cancellationToken));
        if (wanted.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Caller caller = Caller.Of(context);
        WorkspaceId workspace = caller.Workspace;
        Result<ChannelSnapshot> created = await audit.RunAsync(
            caller, "channel.created", new AuditTarget("channel", "", wanted.Value.Name), () => channels.CreateAsync(workspace, wanted.Value, cancellationToken),
            made => Note(mapping.View(made.Channel)), cancellationToken);
        if (created.Refusal is { } refusal) return await request.ProblemAsync(refusal);
        ChannelView view = mapping.View(created.Value.Channel);
        return await request.JsonAsync(view, HttpStatusCode.Created, created.Value.Version, $"/api/v1/workspaces/{workspace}/channels/{view.Id}");
    }

    private static AuditNote Note(ChannelView made) => new(made.Target, null, made.Audited);

    private Result<NewChannel> Read(Result<ChannelRequest> body)
    {
        if (body.Refusal is { } malformed) return malformed;
        ChannelRequest request = body.Value;
        Result<IReadOnlyDictionary<string, string>> credentials = mapping.Credentials(request.Provider, request.Credentials);
        if (credentials.Refusal is { } wrong) return wrong;
        return ChannelMapping.Settings(new ChannelSettings(), request.Settings).Then(settings => new NewChannel(
            request.Type, request.Provider, request.Name, request.PhoneNumber, credentials.Value, request.AgentIds, settings, request.Verify));
    }
}
