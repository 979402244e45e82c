using System.Globalization;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using LiveDesk.Local.ProviderSimulator.Providers.Meta;

namespace LiveDesk.Local.ProviderSimulator.Providers.WhatsAppCloud;

/// <summary>A customer's message, as the control API takes it.</summary>
internal sealed record CloudInboundRequest
{
    /// <summary>Customer's number; null if it is hidden.</summary>
    public string? From { get; init; }

    /// <summary>Customer's business-scoped user id.</summary>
    public string? FromUserId { get; init; }

    /// <summary>Phone number id or number; the only registered one if null.</summary>
    public string? To { get; init; }

    public string? Text { get; init; }

    public string? Name { get; init; }

    /// <summary>A file: <c>image</c>, <c>audio</c>... by its type.</summary>
    public string? ContentType { get; init; }

    /// <summary>Content of the file; a small sample if null.</summary>
    public string? Base64 { get; init; }

    public string? FileName { get; init; }

    public bool Voice { get; init; }

    public string? ReplyTo { get; init; }

    /// <summary>Id to use; a new one if null. Using one again sends a duplicate.</summary>
    public string? MessageId { get; init; }

    /// <summary>Unix seconds; now if null.</summary>
    public long? Timestamp { get; init; }

    /// <summary>Members of the message as it shall be on the wire, over those above: <c>{"type":"location","location":{...}}</c>.</summary>
    public JsonObject? Message { get; init; }

    /// <summary>Several messages in one webhook, instead of the one above.</summary>
    public IReadOnlyList<CloudInboundRequest>? Messages { get; init; }

    /// <summary>How several are put together: in one list of <c>messages</c>, in several <c>changes</c> or several <c>entries</c>.</summary>
    public string Batch { get; init; } = "messages";

    /// <summary>In place of the registered one; a wrong one sends a wrong signature.</summary>
    public string? AppSecret { get; init; }

    public string? WebhookUrl { get; init; }
}

/// <summary>Any other webhook: <c>{"field":"account_update","value":{...}}</c>.</summary>
internal sealed record CloudEventRequest
{
    public required string Field { get; init; }

    public required JsonObject Value { get; init; }

    public string? To { get; init; }
}

/// <summary>Lets customers write.</summary>
internal sealed class CloudInbound(SimulatorCore core, CloudState state, MetaWebhooks webhooks)
{
    public async Task<JsonNode> SendAsync(CloudInboundRequest request, CancellationToken cancellationToken)
    {
        CloudNumber number = Number(request.To);
        string url = request.WebhookUrl ?? number.WebhookUrl
            ?? throw new ControlException(400, $"No webhook is registered for {number.PhoneNumberId}: POST /simulator/whatsapp-cloud/numbers, or give webhookUrl.");
        IReadOnlyList<CloudInboundRequest> requests = request.Messages ?? [request];
        JsonObject[] messages = [.. requests.Select(r => Message(r, number))];
        JsonObject body = Enveloped(request.Batch, number, requests, messages);
        MetaSecrets secrets = number.Secrets with { AppSecret = request.AppSecret ?? number.AppSecret };
        WebhookDelivery delivery = await webhooks.SendAsync("inbound", (string?)messages[0]["id"], url, secrets, body, cancellationToken);
        return new JsonObject
        {
            ["messageId"] = (string?)messages[0]["id"],
            ["messageIds"] = new JsonArray([.. messages.Select(m => (JsonNode?)(string?)m["id"])]),
            ["webhook"] = SimulatorJson.ToNode(delivery),
        };
    }

    public async Task<JsonNode> SendAsync(CloudEventRequest request, CancellationToken cancellationToken)
    {
        CloudNumber number = Number(request.To);
        string url = number.WebhookUrl ?? throw new ControlException(400, $"No webhook is registered for {number.PhoneNumberId}.");
        JsonObject value = request.Value.DeepClone().AsObject();
        if (request.Field is "messages" or "smb_message_echoes")
            foreach ((string name, JsonNode? shell) in CloudEnvelope.Value(number)) value[name] ??= shell?.DeepClone();
        WebhookDelivery delivery = await webhooks.SendAsync(
            "event", null, url, number.Secrets, CloudEnvelope.Of(CloudEnvelope.Change(number, request.Field, value)), cancellationToken);
        return new JsonObject { ["webhook"] = SimulatorJson.ToNode(delivery) };
    }

    public CloudNumber Number(string? to)
    {
        if (to is not null) return state.Number(to) ?? throw new ControlException(404, $"No number {to} is registered.");
        IReadOnlyList<CloudNumber> numbers = state.Numbers();
        return numbers.Count == 1 ? numbers[0] : throw new ControlException(400, $"Give 'to': there are {numbers.Count} registered numbers.");
    }

    private static JsonObject Enveloped(string batch, CloudNumber number, IReadOnlyList<CloudInboundRequest> requests, JsonObject[] messages)
    {
        if (batch == "messages") return CloudEnvelope.Of(CloudEnvelope.Change(number, "messages", Value(number, requests, messages)));
        (string Account, JsonObject Change)[] changes =
            [.. messages.Select((message, i) => CloudEnvelope.Change(number, "messages", Value(number, [requests[i]], [message])))];
        JsonObject body = CloudEnvelope.Of(changes);
        if (batch == "entries") return body;
        if (batch != "changes") throw new ControlException(400, "'batch' is one of: messages, changes, entries.");
        body["entry"] = new JsonArray(new JsonObject
        {
            ["id"] = number.BusinessAccountId,
            ["changes"] = new JsonArray([.. changes.Select(c => c.Change.DeepClone())]),
        });
        return body;
    }

    private static JsonObject Value(CloudNumber number, IReadOnlyList<CloudInboundRequest> requests, JsonObject[] messages)
    {
        JsonObject value = CloudEnvelope.Value(number);
        value["contacts"] = new JsonArray([.. requests.Select(Contact)]);
        value["messages"] = new JsonArray([.. messages]);
        return value;
    }

    private static JsonObject Contact(CloudInboundRequest request)
    {
        JsonObject contact = new() { ["profile"] = new JsonObject { ["name"] = request.Name ?? "Ann Example" } };
        if (request.From is { } from) contact["wa_id"] = from.TrimStart('+');
        if (request.FromUserId is { } user) contact["user_id"] = user;
        return contact;
    }

    private JsonObject Message(CloudInboundRequest request, CloudNumber number)
    {
        if (request.From is null && request.FromUserId is null) throw new ControlException(400, "Give 'from', 'fromUserId' or both.");
        DateTimeOffset at = request.Timestamp is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : core.Time.GetUtcNow();
        JsonObject message = new() { ["id"] = request.MessageId ?? CloudApi.NewId(), ["timestamp"] = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
        if (request.From is { } from) message["from"] = from.TrimStart('+');
        if (request.FromUserId is { } user) message["from_user_id"] = user;
        if (request.ReplyTo is { } quoted) message["context"] = new JsonObject { ["from"] = number.PhoneNumber.TrimStart('+'), ["id"] = quoted };
        Fill(message, request);
        foreach ((string name, JsonNode? value) in request.Message ?? []) message[name] = value?.DeepClone();
        string[] customer = [.. new[] { request.From?.TrimStart('+'), request.FromUserId }.OfType<string>()];
        state.NoteInbound((string)message["id"]!, customer, number.PhoneNumberId, at);
        return message;
    }

    private void Fill(JsonObject message, CloudInboundRequest request)
    {
        if (request.ContentType is not { } type)
        {
            message["type"] = "text";
            if (request.Text is { } text) message["text"] = new JsonObject { ["body"] = text };
            return;
        }
        string kind = type.Split('/')[0] is "image" or "video" or "audio" ? type.Split('/')[0] : "document";
        CloudMedia media = state.AddMedia(type, request.Base64 is null ? null : Convert.FromBase64String(request.Base64));
        JsonObject file = new() { ["id"] = media.Id, ["mime_type"] = type };
        if (request.Text is { } caption) file["caption"] = caption;
        if (request.FileName is { } name) file["filename"] = name;
        if (kind == "audio") file["voice"] = request.Voice;
        message["type"] = kind;
        message[kind] = file;
    }
}
