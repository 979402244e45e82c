using System.Text.Json;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Audit;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Channels;

internal sealed class ChangeChannel(ChannelAccess access, ManageChannels channels, ChannelMapping mapping, AuditTrail audit)
{
    [Function(nameof(ChangeChannel)), Operation(Role.Admin), Reads(typeof(ChannelPatch), Partial = true), Answers(200, typeof(ChannelView))]
    public async Task<HttpResponseData> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = Routes.Channel)] HttpRequestData request, string channelId, FunctionContext context,
        CancellationToken cancellationToken)
    {
        Caller caller = Caller.Of(context);
        Result<ChannelSnapshot> found = await access.LoadAsync(caller, channelId, cancellationToken);
        if (found.Refusal is { } missing) return await request.ProblemAsync(missing);
        Result<JsonElement> body = await request.ReadElementAsync(cancellationToken);
        if (body.Refusal is { } malformed) return await request.ProblemAsync(malformed);
        Result<ChannelPatch> patch = ApiJson.Read<ChannelPatch>(body.Value);
        if (patch.Refusal is { } unreadable) return await request.ProblemAsync(unreadable);
        ChannelView before = mapping.View(found.Value.Channel);
        Result<ChannelSnapshot> changed = await audit.RunAsync(
            caller, "channel.updated", before.Target,
            () => channels.ChangeAsync(found.Value, Next, read => request.Stale(read.Version), cancellationToken),
            done => Note(before, mapping.View(done.Channel)), cancellationToken);
        return changed.Refusal is { } refusal
            ? await request.ProblemAsync(refusal)
            : await request.JsonAsync(mapping.View(changed.Value.Channel), version: changed.Value.Version);

        Result<ChannelChange> Next(Channel channel)
        {
            before = mapping.View(channel);
            return Nulls(channel, body.Value) is { Length: > 0 } nulls ? Refusal.Malformed(nulls) : Read(channel, patch.Value);
        }
    }

    private static AuditNote Note(ChannelView before, ChannelView after) => new(after.Target, before.Audited, after.Audited);

    private Result<ChannelChange> Read(Channel channel, ChannelPatch patch)
    {
        if (patch.Type is { } type && type != channel.Type) return Fixed("type");
        if (patch.Provider is { } provider && provider != channel.Provider) return Fixed("provider");
        if (patch.PhoneNumber is { } number && number != channel.PhoneNumber?.ToString()) return Fixed("phoneNumber");
        IReadOnlyDictionary<string, string>? credentials = null;
        if (patch.Credentials is { } given)
        {
            Result<IReadOnlyDictionary<string, string>> read = mapping.Credentials(channel.Provider, given, channel.Credentials);
            if (read.Refusal is { } wrong) return wrong;
            credentials = read.Value;
        }
        return ChannelMapping.Settings(channel.Settings, patch.Settings).Then(settings =>
            new ChannelChange(patch.Name, credentials, patch.AgentIds, patch.Settings is null ? null : settings, patch.Verify));
    }

    /// <summary>In a merge patch null takes a value away (RFC 7396), and a channel has all of these; a number only if it was made with one.</summary>
    private static FieldError[] Nulls(Channel channel, JsonElement patch) =>
    [
        .. from field in patch.EnumerateObject()
           where field.Value.ValueKind == JsonValueKind.Null
               && (field.Name is "name" or "type" or "provider" or "credentials" or "agentIds" or "settings"
                   || (field.Name == "phoneNumber" && channel.PhoneNumber is not null))
           select new FieldError(field.Name, ApiJson.NotNull),
    ];

    private static Refusal Fixed(string field) => Refusal.Rule("immutable", $"The {field} of a channel never changes. Create another channel.", field);
}
