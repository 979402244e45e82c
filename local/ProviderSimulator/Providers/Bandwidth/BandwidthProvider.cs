using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Bandwidth;

/// <summary>Bandwidth: SMS and MMS. <c>{base}</c> stands for <c>https://messaging.bandwidth.com</c>; path and query stay as they are.</summary>
public sealed class BandwidthProvider : IMessagingProvider
{
    private static readonly string[] Statuses = ["sending", "sent", "delivered", "failed", "read"];

    private readonly BandwidthState _state = new();
    private readonly BandwidthCallbacks _callbacks;
    private readonly BandwidthInbound _inbound;
    private readonly BandwidthApi _api;

    public BandwidthProvider(SimulatorCore core)
    {
        _callbacks = new BandwidthCallbacks(core, _state, () => Settings);
        _inbound = new BandwidthInbound(core, _state, _callbacks);
        _api = new BandwidthApi(core, _state, _callbacks);
    }

    public string Name => BandwidthCallbacks.Provider;

    public MessagingSettings Settings { get; set; } = Defaults();

    public void MapApi(IEndpointRouteBuilder api) => _api.Map(api);

    public void MapControl(IEndpointRouteBuilder control)
    {
        // nothing besides what all have
    }

    public Task RefuseAsync(HttpContext context, int status, int? code) => BandwidthError.Of(status).ExecuteAsync(context);

    public JsonNode RegisterNumber(JsonObject request)
    {
        BandwidthNumber number = request.Read<BandwidthNumber>();
        if (number.WebhookUrl is not null && !ApiRequests.IsUrl(number.WebhookUrl)) throw new ControlException(400, "'webhookUrl' must be an absolute URL.");
        _state.Put(number);
        return SimulatorJson.ToNode(number);
    }

    public JsonArray Numbers() => SimulatorJson.ToArray(_state.Numbers());

    public Task<JsonNode> SendInboundAsync(JsonObject request, CancellationToken cancellationToken) =>
        _inbound.SendAsync(request.Read<BandwidthInboundRequest>(), cancellationToken);

    public JsonArray Messages() => _state.Messages.Shown();

    public async Task<JsonNode> PushStatusAsync(string id, JsonObject request, CancellationToken cancellationToken)
    {
        BandwidthStatusRequest wanted = request.Read<BandwidthStatusRequest>();
        if (!Statuses.Contains(wanted.Status)) throw new ControlException(400, "'status' is one of: " + string.Join(", ", Statuses) + ".");
        OutgoingMessage message = _state.Messages.Get(id);
        string? code = wanted.ErrorCode?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        WebhookDelivery? callback = await _callbacks.MoveAsync(message, wanted.To ?? message.To.Split(',')[0], wanted.Status, code, cancellationToken);
        return new JsonObject { ["message"] = message.Shown(), ["webhook"] = callback is null ? null : SimulatorJson.ToNode(callback) };
    }

    public void Reset()
    {
        _state.Reset();
        Settings = Defaults();
    }

    // Everything but 2xx within 10 s is tried again, for 24 hours.
    private static MessagingSettings Defaults() => new()
    {
        WebhookRetries = 3,
        WebhookRetryOn = WebhookRetryOn.Any,
        WebhookAttemptTimeout = TimeSpan.FromSeconds(10),
        WebhookTotalTimeout = TimeSpan.FromSeconds(60),
        MediaNeedsCredentials = true,
    };
}

/// <summary>A status to push by hand, also of one recipient of several.</summary>
internal sealed record BandwidthStatusRequest
{
    public required string Status { get; init; }

    public int? ErrorCode { get; init; }

    public string? To { get; init; }
}
