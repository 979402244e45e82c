using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Viber;

/// <summary>Viber bots. <c>{base}</c> stands for <c>https://chatapi.viber.com</c>; a "number" of the control API is a bot.</summary>
public sealed class ViberProvider : IMessagingProvider
{
    private static readonly string[] Statuses = ["sent", "delivered", "seen", "failed"];

    private readonly ViberState _state = new();
    private readonly ViberCallbacks _callbacks;
    private readonly ViberInbound _inbound;
    private readonly ViberApi _api;

    public ViberProvider(SimulatorCore core)
    {
        _callbacks = new ViberCallbacks(core, _state, () => Settings);
        _inbound = new ViberInbound(core, _state, _callbacks);
        _api = new ViberApi(core, _state, _callbacks);
    }

    public string Name => ViberCallbacks.Provider;

    public MessagingSettings Settings { get; set; } = Defaults();

    public void MapApi(IEndpointRouteBuilder api) => _api.Map(api);

    public void MapControl(IEndpointRouteBuilder control)
    {
        // nothing besides what all have
    }

    /// <summary>A code is Viber's status and comes with 200; without one the server itself fails.</summary>
    public Task RefuseAsync(HttpContext context, int status, int? code)
    {
        context.Response.StatusCode = code is null ? status : 200;
        return code is { } known ? context.Response.WriteAsJsonAsync(ViberApi.Refused(ViberRefusal.Of(known))) : context.Response.WriteAsync("Service failure");
    }

    public JsonNode RegisterNumber(JsonObject request)
    {
        ViberBot bot = request.Read<ViberBot>();
        if (bot.WebhookUrl is not null && !ApiRequests.IsUrl(bot.WebhookUrl)) throw new ControlException(400, "'webhookUrl' must be an absolute URL.");
        _state.Put(bot);
        return SimulatorJson.ToNode(bot);
    }

    public JsonArray Numbers() => SimulatorJson.ToArray(_state.Bots());

    public Task<JsonNode> SendInboundAsync(JsonObject request, CancellationToken cancellationToken) =>
        _inbound.SendAsync(request.Read<ViberInboundRequest>(), cancellationToken);

    public JsonArray Messages() => _state.Messages.Shown();

    public async Task<JsonNode> PushStatusAsync(string id, JsonObject request, CancellationToken cancellationToken)
    {
        StatusStep wanted = request.Read<StatusStep>();
        if (!Statuses.Contains(wanted.Status)) throw new ControlException(400, "'status' is one of: " + string.Join(", ", Statuses) + ".");
        OutgoingMessage message = _state.Messages.Get(id);
        WebhookDelivery? callback = await _callbacks.MoveAsync(message, _state.Find(message.From)!, wanted.Status, wanted.ErrorCode, cancellationToken);
        return new JsonObject { ["message"] = message.Shown(), ["webhook"] = callback is null ? null : SimulatorJson.ToNode(callback) };
    }

    public void Reset()
    {
        _state.Reset();
        Settings = Defaults();
    }

    // A webhook that is offline is tried again for an hour.
    private static MessagingSettings Defaults() => new()
    {
        WebhookRetries = 3,
        WebhookRetryOn = WebhookRetryOn.Any,
        WebhookAttemptTimeout = TimeSpan.FromSeconds(10),
        WebhookTotalTimeout = TimeSpan.FromSeconds(60),
    };
}
