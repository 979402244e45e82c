using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Viber;

/// <summary>Something that a customer does, as the control API takes it.</summary>
internal sealed record ViberInboundRequest
{
    /// <summary>The customer's id.</summary>
    public string From { get; init; } = "01234567890A=";

    public string? Name { get; init; }

    public string? Language { get; init; }

    /// <summary><c>message</c>, <c>subscribed</c>, <c>unsubscribed</c> or <c>conversation_started</c>.</summary>
    public string Event { get; init; } = "message";

    public string? Text { get; init; }

    /// <summary>A file; without an address it lies at the simulator.</summary>
    public CustomerFile? Media { get; init; }

    /// <summary>The members of <c>message</c>, as they are.</summary>
    public JsonObject? Message { get; init; }

    /// <summary>What the deep link carried.</summary>
    public string? Context { get; init; }

    /// <summary>Using one again sends a duplicate.</summary>
    public string? MessageToken { get; init; }

    /// <summary>The bot; the only registered one if null.</summary>
    public string? To { get; init; }

    /// <summary>Signs with this in place of the bot's: a wrong signature.</summary>
    public string? AuthToken { get; init; }

    public string? WebhookUrl { get; init; }

    /// <summary>Posted as it is, signed; nothing else is looked at.</summary>
    public JsonNode? Raw { get; init; }
}

/// <summary>Lets customers write, come and go.</summary>
internal sealed class ViberInbound(SimulatorCore core, ViberState state, ViberCallbacks callbacks)
{
    public async Task<JsonNode> SendAsync(ViberInboundRequest request, CancellationToken cancellationToken)
    {
        ViberBot bot = Bot(request.To);
        string url = request.WebhookUrl ?? bot.WebhookUrl ?? throw new ControlException(400, "The bot has no webhook: set webhookUrl, or call /viber/pa/set_webhook.");
        bool subscribed = state.IsSubscribed(bot.AuthToken, request.From);
        JsonNode body = request.Raw?.DeepClone() ?? Body(request, subscribed);
        Note(request, bot);
        string? token = (body as JsonObject)?["message_token"]?.ToString();
        WebhookDelivery delivery = await callbacks.SendAsync("inbound", token, url, request.AuthToken ?? bot.AuthToken, body, cancellationToken);
        (string? reply, string? warning) = request.Event == "conversation_started" ? Welcome(delivery) : (null, null);
        return new JsonObject { ["messageToken"] = token, ["reply"] = reply, ["warning"] = warning, ["webhook"] = SimulatorJson.ToNode(delivery) };
    }

    private ViberBot Bot(string? token)
    {
        IReadOnlyList<ViberBot> bots = state.Bots();
        if (token is not null) return state.Find(token) ?? throw new ControlException(400, "No such bot: POST /simulator/viber/numbers.");
        return bots.Count == 1 ? bots[0] : throw new ControlException(400, $"Give 'to': there are {bots.Count} bots.");
    }

    private void Note(ViberInboundRequest request, ViberBot bot)
    {
        if (request.Event is "message" or "subscribed") state.Subscribe(bot.AuthToken, request.From, isSubscribed: true);
        if (request.Event == "unsubscribed") state.Subscribe(bot.AuthToken, request.From, isSubscribed: false);
        if (request.Event == "message") state.Answered(bot.AuthToken, request.From);
    }

    private JsonObject Body(ViberInboundRequest request, bool subscribed)
    {
        JsonObject body = callbacks.Event(request.Event, withToken: request.Event != "subscribed");
        if (request.MessageToken is { } token) body["message_token"] = JsonNode.Parse(token);
        JsonObject user = new() { ["id"] = request.From, ["name"] = request.Name ?? "Customer", ["country"] = "UK", ["language"] = request.Language ?? "en", ["api_version"] = 7 };
        switch (request.Event)
        {
            case "message":
                body["sender"] = user;
                body["message"] = request.Message?.DeepClone() ?? Message(request);
                body["silent"] = false;
                break;
            case "unsubscribed":
                body["user_id"] = request.From;
                break;
            case "conversation_started":
                body["type"] = "open";
                if (request.Context is not null) body["context"] = request.Context;
                body["user"] = user;
                body["subscribed"] = subscribed;
                break;
            default:
                body["user"] = user;
                break;
        }

        return body;
    }

    private JsonObject Message(ViberInboundRequest request)
    {
        if (request.Media is not { } file) return new JsonObject { ["type"] = "text", ["text"] = request.Text ?? string.Empty };
        string type = file.ContentType.Split('/')[0] switch { "image" => "picture", "video" => "video", _ => "file" };
        byte[] bytes = file.Bytes();
        string path = $"{Guid.NewGuid():N}/{file.Name ?? "file"}";
        if (file.Url is null) state.Files.Put(path, bytes, file.ContentType);
        JsonObject message = new() { ["type"] = type, ["media"] = file.Url ?? $"{core.BaseAddress}/viber/files/{path}", ["file_name"] = file.Name ?? "file", ["size"] = bytes.Length };
        if (request.Text is not null) message["text"] = request.Text;
        return message;
    }

    /// <summary>What the customer sees of the answer, and what Viber would have to complain about.</summary>
    private static (string? Reply, string? Warning) Welcome(WebhookDelivery delivery)
    {
        if (delivery.Attempts is not [.., { Status: 200, Answer: { Length: > 0 } answer } last]) return (null, null);
        if (last.AnswerType?.StartsWith("application/json", StringComparison.Ordinal) != true) return (null, $"The answer is {last.AnswerType}, not JSON.");
        try
        {
            if (JsonNode.Parse(answer) is not JsonObject message) return (null, "The answer is no JSON object.");
            ViberRefusal? refusal = ViberRules.Check(message, answer, needsReceiver: false);
            return refusal is null ? (message.Text("text"), null) : (null, refusal.Name);
        }
        catch (JsonException exception)
        {
            return (null, exception.Message);
        }
    }
}
