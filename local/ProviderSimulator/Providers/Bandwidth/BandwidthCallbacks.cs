using System.Globalization;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Bandwidth;

/// <summary>Tells the desk: lists of events, with the application's callback credentials.</summary>
internal sealed class BandwidthCallbacks(SimulatorCore core, BandwidthState state, Func<MessagingSettings> settings)
{
    public const string Provider = "bandwidth";

    private const string OptedOut = "4775";

    /// <summary>Milliseconds and letters, as Bandwidth's are.</summary>
    public static string NewId(DateTimeOffset now) =>
        now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture) + Guid.NewGuid().ToString("N")[..16];

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The message as the answer to a send has it.</summary>
    public static JsonObject Document(OutgoingMessage message, string direction)
    {
        JsonObject document = new()
        {
            ["id"] = message.Id,
            ["owner"] = message.From,
            ["applicationId"] = message.Request.Text("applicationId"),
            ["time"] = Time(message.AcceptedAt),
            ["segmentCount"] = 1,
            ["direction"] = direction,
            ["to"] = new JsonArray([.. message.To.Split(',').Select(number => (JsonNode)number)]),
            ["from"] = message.From,
        };
        if (message.Text.Length > 0) document["text"] = message.Text;
        if (message.MediaUrls.Count > 0) document["media"] = new JsonArray([.. message.MediaUrls.Select(url => (JsonNode)url)]);
        if (message.Request.Text("tag") is { } tag) document["tag"] = tag;
        if (message.Request.Text("priority") is { } priority) document["priority"] = priority;
        return document;
    }

    /// <summary>One run of statuses for each recipient.</summary>
    public async Task StartAsync(OutgoingMessage message, CancellationToken cancellationToken)
    {
        foreach (string recipient in message.To.Split(','))
            await StatusRun.StartAsync(
                core, settings, Steps(message, recipient), (step, token) => MoveAsync(message, recipient, step.Status, step.ErrorCode, token), cancellationToken);
    }

    /// <returns>The callback; null if the application has none.</returns>
    public async Task<WebhookDelivery?> MoveAsync(
        OutgoingMessage message, string recipient, string status, string? errorCode, CancellationToken cancellationToken)
    {
        WebhookDelivery? callback = null;
        DateTimeOffset now = core.Time.GetUtcNow();
        message.Move(status, errorCode, now, null);
        if (state.Find(message.From) is { WebhookUrl: { } url } number)
        {
            JsonObject document = Document(message, "out");
            // A status never repeats the text.
            document["text"] = string.Empty;
            JsonObject item = new()
            {
                ["type"] = "message-" + status,
                ["time"] = Time(now),
                ["description"] = errorCode is null ? "ok" : BandwidthError.Words(errorCode),
                ["to"] = recipient,
                ["message"] = document,
            };
            if (errorCode is not null) item["errorCode"] = int.Parse(errorCode, CultureInfo.InvariantCulture);
            callback = await SendAsync("status", message.Id, url, number, new JsonArray(item), cancellationToken);
        }

        return callback;
    }

    public Task<WebhookDelivery> SendAsync(
        string kind, string? messageId, string url, BandwidthNumber number, JsonNode body, CancellationToken cancellationToken)
    {
        Dictionary<string, string> headers = new() { ["User-Agent"] = "BandwidthAPI/v2" };
        if (number.CallbackUser is { } user) headers["Authorization"] = ApiRequests.BasicHeader(user, number.CallbackPassword ?? string.Empty);
        Webhook webhook = new()
        {
            Provider = Provider,
            Kind = kind,
            MessageId = messageId,
            Url = url,
            ContentType = "application/json; charset=utf-8",
            Body = body.ToJsonString(SimulatorJson.Options),
            Headers = headers,
        };
        return core.Webhooks.SendAsync(webhook, WebhookPolicy.Of(settings()), cancellationToken);
    }

    private IEnumerable<StatusStep> Steps(OutgoingMessage message, string recipient)
    {
        if (core.Faults.TakeForMessage(Provider, recipient) is { } fault)
            return [new StatusStep("failed", (fault.Code ?? 9999).ToString(CultureInfo.InvariantCulture))];
        if (state.IsOptedOut(recipient, message.From)) return [new StatusStep("failed", OptedOut)];
        return settings().AutoStatus.Where(status => status is "sending" or "sent" or "delivered").Select(status => new StatusStep(status));
    }
}
