using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.EngageLab;

/// <summary>EngageLab: WhatsApp. <c>{base}</c> stands for <c>https://wa.api.engagelab.cc</c>; path and query stay as they are.</summary>
public sealed class EngageLabProvider : IMessagingProvider
{
    private static readonly string[] Statuses =
        ["plan", "target_valid", "target_invalid", "sent", "delivered", "read", "sent_failed", "delivered_failed", "delivered_timeout"];

    private readonly EngageLabState _state = new();
    private readonly EngageLabCallbacks _callbacks;
    private readonly EngageLabInbound _inbound;
    private readonly EngageLabApi _api;
    private readonly SimulatorCore _core;

    public EngageLabProvider(SimulatorCore core)
    {
        _core = core;
        _callbacks = new EngageLabCallbacks(core, _state, () => Settings);
        _inbound = new EngageLabInbound(core, _state, _callbacks);
        _api = new EngageLabApi(core, _state, _callbacks);
    }

    public string Name => EngageLabCallbacks.Provider;

    public MessagingSettings Settings { get; set; } = Defaults();

    public void MapApi(IEndpointRouteBuilder api) => _api.Map(api);

    public void MapControl(IEndpointRouteBuilder control)
    {
        control.MapPost("/templates", async (HttpRequest request) =>
        {
            EngageLabTemplate template = (await ControlApi.BodyAsync(request)).Read<EngageLabTemplate>();
            _state.Put(template);
            return ControlApi.Json(template, 201);
        });
        control.MapPost("/notifications", async (HttpRequest request, CancellationToken token) =>
            ControlApi.Json(await NotifyAsync((await ControlApi.BodyAsync(request)).Read<EngageLabNotification>(), token)));
        control.MapPost("/validate", async (HttpRequest request, CancellationToken token) =>
            ControlApi.Json(await ValidateAsync((await ControlApi.BodyAsync(request)).Read<EngageLabValidation>(), token)));
    }

    public Task RefuseAsync(HttpContext context, int status, int? code) => EngageLabError.Of(status, code).ExecuteAsync(context);

    public JsonNode RegisterNumber(JsonObject request)
    {
        EngageLabNumber number = request.Read<EngageLabNumber>();
        if (EngageLabRules.Normal(number.PhoneNumber) != number.PhoneNumber) throw new ControlException(400, "'phoneNumber' is a plus and digits.");
        if (number.WebhookUrl is not null && !ApiRequests.IsUrl(number.WebhookUrl)) throw new ControlException(400, "'webhookUrl' must be an absolute URL.");
        _state.Put(number);
        return SimulatorJson.ToNode(number);
    }

    public JsonArray Numbers() => SimulatorJson.ToArray(_state.Numbers());

    public Task<JsonNode> SendInboundAsync(JsonObject request, CancellationToken cancellationToken) =>
        _inbound.SendAsync(request.Read<EngageLabInboundRequest>(), cancellationToken);

    public JsonArray Messages() => _state.Messages.Shown();

    public async Task<JsonNode> PushStatusAsync(string id, JsonObject request, CancellationToken cancellationToken)
    {
        StatusStep wanted = request.Read<StatusStep>();
        if (!Statuses.Contains(wanted.Status)) throw new ControlException(400, "'status' is one of: " + string.Join(", ", Statuses) + ".");
        OutgoingMessage message = _state.Messages.Get(id);
        WebhookDelivery? callback = await _callbacks.MoveAsync(message, wanted.Status, wanted.ErrorCode, cancellationToken);
        return new JsonObject { ["message"] = message.Shown(), ["webhook"] = callback is null ? null : SimulatorJson.ToNode(callback) };
    }

    public void Reset()
    {
        _state.Reset();
        Settings = Defaults();
    }

    private async Task<JsonNode> NotifyAsync(EngageLabNotification request, CancellationToken cancellationToken)
    {
        EngageLabNumber number = _inbound.Number(request.PhoneNumber);
        JsonObject row = new()
        {
            ["server"] = "whatsapp",
            ["itime"] = _core.Time.GetUtcNow().ToUnixTimeSeconds(),
            ["notification"] = request.Notification.DeepClone(),
        };
        return SimulatorJson.ToNode(await _callbacks.SendAsync("notification", null, number.WebhookUrl!, number, EngageLabCallbacks.Envelope(row), cancellationToken));
    }

    // The console saves a URL only if it answers within 3 s as expected.
    private async Task<JsonNode> ValidateAsync(EngageLabValidation request, CancellationToken cancellationToken)
    {
        EngageLabNumber number = _inbound.Number(request.PhoneNumber);
        JsonObject? body = request.Echo is { } echo ? new JsonObject { ["echostr"] = echo } : null;
        WebhookDelivery delivery = await _callbacks.SendAsync("validation", null, number.WebhookUrl!, number, body, cancellationToken);
        bool accepted = delivery.Attempts is [.., { Status: 200 } last] && (last.Answer ?? string.Empty) == (request.Echo ?? string.Empty);
        return new JsonObject { ["accepted"] = accepted, ["webhook"] = SimulatorJson.ToNode(delivery) };
    }

    // Waits 3 s and tries nothing again.
    private static MessagingSettings Defaults() => new() { WebhookRetries = 0, WebhookAttemptTimeout = TimeSpan.FromSeconds(3) };
}

/// <summary>Something to tell about the account, as it is.</summary>
internal sealed record EngageLabNotification
{
    public string? PhoneNumber { get; init; }

    public required JsonObject Notification { get; init; }
}

/// <summary>A try of the callback URL.</summary>
/// <param name="PhoneNumber">Whose.</param>
/// <param name="Echo">Asked to be answered; an empty body if null.</param>
internal sealed record EngageLabValidation(string? PhoneNumber = null, string? Echo = null);
