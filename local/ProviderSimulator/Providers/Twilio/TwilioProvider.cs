using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Twilio: WhatsApp, SMS and MMS.</summary>
/// <remarks>
/// Which address stands for which official host (<c>{base}</c> is <c>LiveDesk:Providers:Twilio:BaseUrl</c>, here <c>http://127.0.0.1:7072/twilio</c>):
/// <code>
/// https://api.twilio.com/...        {base}/...              /2010-04-01/Accounts/{AC}/Messages.json
/// https://content.twilio.com/...    {base}/content/...      /v1/Content
/// https://messaging.twilio.com/...  {base}/messaging/...    /v1/Services/{MG}
/// </code>
/// That is: the first label of the host becomes a folder, except <c>api</c>. Path and query stay as they are.
/// </remarks>
public sealed class TwilioProvider : IMessagingProvider
{
    private readonly TwilioState _state = new();
    private readonly MessageDelivery _delivery;
    private readonly InboundMessages _inbound;
    private readonly TwilioControl _control;
    private readonly MessagesApi _messages;
    private readonly MediaApi _media;
    private readonly AccountsApi _accounts;

    public TwilioProvider(SimulatorCore core)
    {
        TwilioAuthentication authentication = new(_state);
        TwilioWebhooks webhooks = new(core, () => Settings);
        _delivery = new MessageDelivery(core, _state, webhooks, () => Settings);
        _inbound = new InboundMessages(core, _state, webhooks);
        _control = new TwilioControl(_state);
        _messages = new MessagesApi(core, _state, authentication, _delivery);
        _media = new MediaApi(core, _state, authentication, () => Settings);
        _accounts = new AccountsApi(core, _state, authentication);
    }

    public string Name => TwilioWebhooks.Provider;

    public MessagingSettings Settings { get; set; } = new();

    public void MapApi(IEndpointRouteBuilder api)
    {
        _messages.Map(api);
        _media.Map(api);
        _accounts.Map(api);
        api.Map("/{**path}", (HttpRequest request) => TwilioError.NotFound(request));
    }

    public void MapControl(IEndpointRouteBuilder control) => _control.Map(control);

    public Task RefuseAsync(HttpContext context, int status, int? code) => TwilioError.Of(status, code).ExecuteAsync(context);

    public JsonNode RegisterNumber(JsonObject request) => _control.Register(request.Read<NumberRequest>());

    public JsonArray Numbers() => new([.. _state.Numbers().Select(TwilioControl.Shown)]);

    public Task<JsonNode> SendInboundAsync(JsonObject request, CancellationToken cancellationToken) =>
        _inbound.SendAsync(request.Read<InboundRequest>(), cancellationToken);

    public JsonArray Messages()
    {
        lock (_state.Gate) return new([.. _state.Messages().Where(message => message.IsOutbound).Select(SentMessage.Of)]);
    }

    public async Task<JsonNode> PushStatusAsync(string id, JsonObject request, CancellationToken cancellationToken)
    {
        StatusRequest wanted = request.Read<StatusRequest>();
        if (_state.Message(id) is not { IsOutbound: true } message) throw new ControlException(404, $"The desk sent no message {id}.");
        wanted.Check(message);
        WebhookDelivery? callback = await _delivery.MoveAsync(message, wanted.Status, wanted.ErrorCode, cancellationToken);
        JsonNode shown;
        lock (_state.Gate) shown = SentMessage.Of(message);
        return new JsonObject { ["message"] = shown, ["webhook"] = callback is null ? null : SimulatorJson.ToNode(callback) };
    }

    public void Reset()
    {
        _state.Reset();
        Settings = new MessagingSettings();
    }
}
