using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Messenger;

/// <summary>Facebook Messenger. <c>https://graph.facebook.com/...</c> becomes <c>{base}/...</c>; a "number" is a page here.</summary>
public sealed class MessengerProvider : IMessagingProvider
{
    private static readonly string[] Statuses = ["sent", "delivered", "read"];

    private readonly PageState _state = new();
    private readonly PageDelivery _delivery;
    private readonly PageInbound _inbound;
    private readonly PageApi _api;

    public MessengerProvider(SimulatorCore core)
    {
        MetaWebhooks webhooks = new(core, Name, () => Settings);
        _delivery = new PageDelivery(core, _state, webhooks, () => Settings);
        _inbound = new PageInbound(core, _state, webhooks);
        _api = new PageApi(core, _state, _delivery);
    }

    public string Name => "messenger";

    public MessagingSettings Settings { get; set; } = new();

    public void MapApi(IEndpointRouteBuilder api)
    {
        _api.Map(api);
        api.Map("/{**path}", (HttpRequest request) => GraphError.Missing(request.Path));
    }

    public void MapControl(IEndpointRouteBuilder control) =>
        control.MapPost("/handshake", async (HttpRequest request, CancellationToken token) =>
        {
            Page page = _inbound.Page((string?)(await ControlApi.BodyAsync(request))["to"]);
            return ControlApi.Json(await Handshake.RunAsync(page.WebhookUrl ?? "", page.VerifyToken, token));
        });

    public Task RefuseAsync(HttpContext context, int status, int? code) => GraphError.Of(status, code).ExecuteAsync(context);

    public JsonNode RegisterNumber(JsonObject request)
    {
        Page page = request.Read<Page>();
        if (page.WebhookUrl is { } url && !Uri.TryCreate(url, UriKind.Absolute, out _)) throw new ControlException(400, "'webhookUrl' must be an absolute URL.");
        _state.Put(page);
        return Shown(page);
    }

    public JsonArray Numbers() => new([.. _state.Pages().Select(Shown)]);

    public Task<JsonNode> SendInboundAsync(JsonObject request, CancellationToken cancellationToken) =>
        _inbound.SendAsync(request.Read<PageInboundRequest>(), cancellationToken);

    public JsonArray Messages()
    {
        lock (_state.Gate) return new([.. _state.Sent().Select(message => message.Shown())]);
    }

    public async Task<JsonNode> PushStatusAsync(string id, JsonObject request, CancellationToken cancellationToken)
    {
        SentRecord sent = _state.Sent(id) ?? throw new ControlException(404, $"The desk sent no message {id}.");
        string status = (string?)request["status"] ?? "";
        if (!Statuses.Contains(status)) throw new ControlException(400, "'status' is one of: " + string.Join(", ", Statuses) + ".");
        WebhookDelivery? webhook = await _delivery.MoveAsync(sent, status, cancellationToken);
        return new JsonObject { ["message"] = sent.Shown(), ["webhook"] = webhook is null ? null : SimulatorJson.ToNode(webhook) };
    }

    public void Reset()
    {
        _state.Reset();
        Settings = new MessagingSettings();
    }

    private static JsonObject Shown(Page page) => new() { ["pageId"] = page.PageId, ["webhookUrl"] = page.WebhookUrl };
}
