using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.EngageLab;

/// <summary>A customer's message, as the control API takes it.</summary>
internal sealed record EngageLabInboundRequest
{
    public string? From { get; init; }

    /// <summary>Our number; the only registered one if null.</summary>
    public string? To { get; init; }

    public string? Text { get; init; }

    public string? ProfileName { get; init; }

    /// <summary>A file; without an address it lies at the simulator.</summary>
    public CustomerFile? Media { get; init; }

    /// <summary>The desk's message that is answered: the id that the send was answered with.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>Type of the message; by its contents if null.</summary>
    public string? Type { get; init; }

    /// <summary>The member named like <see cref="Type"/>, as it is.</summary>
    public JsonNode? Content { get; init; }

    /// <summary><c>received</c>, <c>reply</c>, <c>order</c> or <c>deleted</c>; by <see cref="ReplyTo"/> if null.</summary>
    public string? Event { get; init; }

    /// <summary>WhatsApp's id. Using one again sends a duplicate.</summary>
    public string? MessageId { get; init; }

    /// <summary>In place of the registered one: a wrong one is presented.</summary>
    public string? CallbackSecret { get; init; }

    public string? WebhookUrl { get; init; }

    /// <summary>Posted as it is, with the right proofs; nothing else is looked at.</summary>
    public JsonNode? Raw { get; init; }
}

/// <summary>Lets customers write.</summary>
internal sealed class EngageLabInbound(SimulatorCore core, EngageLabState state, EngageLabCallbacks callbacks)
{
    public async Task<JsonNode> SendAsync(EngageLabInboundRequest request, CancellationToken cancellationToken)
    {
        EngageLabNumber number = Number(request.To);
        string url = request.WebhookUrl ?? number.WebhookUrl ?? throw new ControlException(400, $"{number.PhoneNumber} has no webhookUrl.");
        string id = request.MessageId ?? "wamid." + Convert.ToBase64String(Encoding.ASCII.GetBytes(Guid.NewGuid().ToString("N")));
        JsonNode body = request.Raw?.DeepClone() ?? EngageLabCallbacks.Envelope(Row(request, number, id));
        if (request.CallbackSecret is { } secret) number = number with { CallbackSecret = secret };
        WebhookDelivery delivery = await callbacks.SendAsync("inbound", id, url, number, body, cancellationToken);
        return new JsonObject { ["messageId"] = id, ["webhook"] = SimulatorJson.ToNode(delivery) };
    }

    public EngageLabNumber Number(string? phoneNumber)
    {
        IReadOnlyList<EngageLabNumber> numbers = state.Numbers();
        if (phoneNumber is not null) return state.Find(phoneNumber) ?? throw new ControlException(400, $"{phoneNumber} is not registered: POST /simulator/engagelab/numbers.");
        return numbers.Count == 1 ? numbers[0] : throw new ControlException(400, $"Give the number: there are {numbers.Count} registered ones.");
    }

    private JsonObject Row(EngageLabInboundRequest request, EngageLabNumber number, string id)
    {
        string from = EngageLabRules.Normal(request.From) ?? throw new ControlException(400, "Give 'from': the customer's number.");
        DateTimeOffset now = core.Time.GetUtcNow();
        state.NoteInbound(from, number.PhoneNumber, now);
        string type = request.Type ?? (request.Media is { } file ? KindOf(file.ContentType) : "text");
        JsonObject data = new()
        {
            ["channel_message_id"] = id,
            ["whatsapp_business_account_id"] = number.BusinessAccountId,
            ["contact"] = new JsonObject { ["profile"] = new JsonObject { ["name"] = request.ProfileName ?? "Customer" }, ["wa_id"] = from[1..] },
            ["message"] = new JsonObject { ["type"] = type, [type] = request.Content?.DeepClone() ?? Content(request) },
        };
        if (request.ReplyTo is { } original)
            data["message_context"] = new JsonObject { ["origin_from_phone"] = number.PhoneNumber[1..], ["origin_message_id"] = original };
        JsonObject row = EngageLabCallbacks.Row(Guid.NewGuid().ToString("N")[..20], from, number.PhoneNumber, now);
        row["response"] = new JsonObject { ["event"] = request.Event ?? (request.ReplyTo is null ? "received" : "reply"), ["response_data"] = data };
        return row;
    }

    private JsonObject Content(EngageLabInboundRequest request)
    {
        if (request.Media is not { } file) return new JsonObject { ["body"] = request.Text ?? string.Empty };
        string path = $"{Guid.NewGuid():N}/{file.Name ?? "file"}";
        if (file.Url is null) state.Files.Put(path, file.Bytes(), file.ContentType);
        JsonObject content = new() { ["link"] = file.Url ?? $"{core.BaseAddress}/engagelab/files/{path}", ["mime_type"] = file.ContentType };
        if (request.Text is not null) content["caption"] = request.Text;
        if (file.Name is not null) content["filename"] = file.Name;
        return content;
    }

    private static string KindOf(string contentType) => contentType.Split('/')[0] is var kind and ("image" or "video" or "audio") ? kind : "document";
}
