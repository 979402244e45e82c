using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.WhatsAppCloud;

/// <summary>WhatsApp's Cloud API. <c>https://graph.facebook.com/...</c> becomes <c>{base}/...</c>; files are at <c>{base}/cdn/...</c>.</summary>
public sealed class WhatsAppCloudProvider : IMessagingProvider
{
    private static readonly string[] Statuses = ["sent", "delivered", "read", "failed", "deleted", "warning"];

    private readonly CloudState _state = new();
    private readonly CloudDelivery _delivery;
    private readonly CloudInbound _inbound;
    private readonly CloudApi _api;

    public WhatsAppCloudProvider(SimulatorCore core)
    {
        MetaWebhooks webhooks = new(core, Name, () => Settings);
        _delivery = new CloudDelivery(core, _state, webhooks, () => Settings);
        _inbound = new CloudInbound(core, _state, webhooks);
        _api = new CloudApi(core, _state, _delivery);
    }

    public string Name => "whatsapp-cloud";

    public MessagingSettings Settings { get; set; } = new();

    public void MapApi(IEndpointRouteBuilder api)
    {
        _api.Map(api);
        api.Map("/{**path}", (HttpRequest request) => GraphError.Missing(request.Path));
    }

    public void MapControl(IEndpointRouteBuilder control)
    {
        control.MapPost("/templates", async (HttpRequest request) =>
        {
            CloudTemplate template = (await ControlApi.BodyAsync(request)).Read<CloudTemplate>();
            _state.Put(template);
            return ControlApi.Json(template, 201);
        });
        control.MapPost("/events", async (HttpRequest request, CancellationToken token) =>
            ControlApi.Json(await _inbound.SendAsync((await ControlApi.BodyAsync(request)).Read<CloudEventRequest>(), token)));
        control.MapPost("/handshake", async (HttpRequest request, CancellationToken token) =>
        {
            CloudNumber number = _inbound.Number((string?)(await ControlApi.BodyAsync(request))["to"]);
            return ControlApi.Json(await Handshake.RunAsync(number.WebhookUrl ?? "", number.VerifyToken, token));
        });
    }

    public Task RefuseAsync(HttpContext context, int status, int? code) => GraphError.Of(status, code).ExecuteAsync(context);

    public JsonNode RegisterNumber(JsonObject request)
    {
        CloudNumber number = request.Read<CloudNumber>();
        if (!number.PhoneNumberId.All(char.IsAsciiDigit)) throw new ControlException(400, "'phoneNumberId' is digits only.");
        if (number.WebhookUrl is { } url && !Uri.TryCreate(url, UriKind.Absolute, out _)) throw new ControlException(400, "'webhookUrl' must be an absolute URL.");
        _state.Put(number with { AccessToken = number.AccessToken ?? _state.Number(number.PhoneNumberId)?.AccessToken });
        return Shown(number);
    }

    public JsonArray Numbers() => new([.. _state.Numbers().Select(Shown)]);

    public Task<JsonNode> SendInboundAsync(JsonObject request, CancellationToken cancellationToken) =>
        _inbound.SendAsync(request.Read<CloudInboundRequest>(), cancellationToken);

    public JsonArray Messages()
    {
        lock (_state.Gate) return new([.. _state.Sent().Select(message => message.Shown())]);
    }

    public async Task<JsonNode> PushStatusAsync(string id, JsonObject request, CancellationToken cancellationToken)
    {
        SentRecord sent = _state.Sent(Uri.UnescapeDataString(id)) ?? throw new ControlException(404, $"The desk sent no message {id}.");
        string status = (string?)request["status"] ?? "";
        if (!Statuses.Contains(status)) throw new ControlException(400, "'status' is one of: " + string.Join(", ", Statuses) + ".");
        WebhookDelivery? webhook = await _delivery.MoveAsync(sent, status, (int?)request["errorCode"], cancellationToken);
        return new JsonObject { ["message"] = sent.Shown(), ["webhook"] = webhook is null ? null : SimulatorJson.ToNode(webhook) };
    }

    public void Reset()
    {
        _state.Reset();
        Settings = new MessagingSettings();
    }

    private static JsonObject Shown(CloudNumber number) => new()
    {
        ["phoneNumberId"] = number.PhoneNumberId,
        ["phoneNumber"] = number.PhoneNumber,
        ["businessAccountId"] = number.BusinessAccountId,
        ["webhookUrl"] = number.WebhookUrl,
    };
}
