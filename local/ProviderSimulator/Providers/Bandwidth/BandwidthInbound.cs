using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Bandwidth;

/// <summary>A customer's message, as the control API takes it.</summary>
internal sealed record BandwidthInboundRequest
{
    public string? From { get; init; }

    /// <summary>Our number; the only registered one if null.</summary>
    public string? To { get; init; }

    public string? Text { get; init; }

    /// <summary>A small sample file of that type is sent along.</summary>
    public string? ContentType { get; init; }

    public IReadOnlyList<CustomerFile> Media { get; init; } = [];

    /// <summary>The other members of a group.</summary>
    public IReadOnlyList<string> Group { get; init; } = [];

    /// <summary>Using one again sends a duplicate.</summary>
    public string? MessageId { get; init; }

    /// <summary>In place of the registered one: a callback of another application.</summary>
    public string? ApplicationId { get; init; }

    /// <summary>In place of the registered one: a wrong one is presented.</summary>
    public string? CallbackPassword { get; init; }

    /// <summary>A single event in place of a list of one.</summary>
    public bool AsObject { get; init; }

    public string? WebhookUrl { get; init; }

    /// <summary>Posted as it is, with the right credentials; nothing else is looked at.</summary>
    public JsonNode? Raw { get; init; }
}

/// <summary>Lets customers write.</summary>
internal sealed class BandwidthInbound(SimulatorCore core, BandwidthState state, BandwidthCallbacks callbacks)
{
    public async Task<JsonNode> SendAsync(BandwidthInboundRequest request, CancellationToken cancellationToken)
    {
        BandwidthNumber number = Number(request.To);
        string url = request.WebhookUrl ?? number.WebhookUrl ?? throw new ControlException(400, $"{number.PhoneNumber} has no webhookUrl.");
        if (request.CallbackPassword is { } password) number = number with { CallbackUser = number.CallbackUser ?? "user", CallbackPassword = password };
        string id = request.MessageId ?? BandwidthCallbacks.NewId(core.Time.GetUtcNow());
        JsonNode body = request.Raw?.DeepClone() ?? Body(request, number, id);
        WebhookDelivery delivery = await callbacks.SendAsync("inbound", id, url, number, body, cancellationToken);
        NetworkHears(request, number);
        return new JsonObject { ["messageId"] = id, ["webhook"] = SimulatorJson.ToNode(delivery) };
    }

    private BandwidthNumber Number(string? to)
    {
        IReadOnlyList<BandwidthNumber> numbers = state.Numbers();
        if (to is not null) return state.Find(to) ?? throw new ControlException(400, $"{to} is not registered: POST /simulator/bandwidth/numbers.");
        return numbers.Count == 1 ? numbers[0] : throw new ControlException(400, $"Give 'to': there are {numbers.Count} registered numbers.");
    }

    private JsonNode Body(BandwidthInboundRequest request, BandwidthNumber number, string id)
    {
        string from = request.From ?? throw new ControlException(400, "Give 'from': the customer's number.");
        string time = BandwidthCallbacks.Time(core.Time.GetUtcNow());
        JsonObject message = new()
        {
            ["id"] = id,
            ["owner"] = number.PhoneNumber,
            ["applicationId"] = request.ApplicationId ?? number.ApplicationId,
            ["time"] = time,
            ["segmentCount"] = 1,
            ["direction"] = "in",
            ["to"] = new JsonArray([number.PhoneNumber, .. request.Group.Select(other => (JsonNode)other)]),
            ["from"] = from,
        };
        if (request.Text is not null) message["text"] = request.Text;
        List<string> media = Media(request, number, id);
        if (media.Count > 0) message["media"] = new JsonArray([.. media.Select(url => (JsonNode)url)]);
        JsonObject item = new()
        {
            ["type"] = "message-received",
            ["time"] = time,
            ["description"] = "Incoming message received",
            ["to"] = number.PhoneNumber,
            ["message"] = message,
        };
        return request.AsObject ? item : new JsonArray(item);
    }

    private List<string> Media(BandwidthInboundRequest request, BandwidthNumber number, string id)
    {
        List<CustomerFile> files = [.. request.Media];
        if (request.ContentType is { } type) files.Add(new CustomerFile { ContentType = type });
        return [.. files.Select((file, i) => file.Url ?? Shelved(file, i, number, id))];
    }

    private string Shelved(CustomerFile file, int i, BandwidthNumber number, string id)
    {
        string name = $"{id}/{i}/{file.Name ?? "file." + file.ContentType.Split('/', ';')[1]}";
        state.Files.Put($"{number.AccountId}/{name}", file.Bytes(), file.ContentType);
        return $"{core.BaseAddress}/bandwidth/api/v2/users/{number.AccountId}/media/{name}";
    }

    private void NetworkHears(BandwidthInboundRequest request, BandwidthNumber number)
    {
        if (!number.IsTollFree() || request.From is not { } from) return;
        if (request.Text?.Trim().ToUpperInvariant() is "STOP") state.OptOut(from, number.PhoneNumber, isOut: true);
        if (request.Text?.Trim().ToUpperInvariant() is "START" or "UNSTOP") state.OptOut(from, number.PhoneNumber, isOut: false);
    }
}
