using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.EngageLab;

/// <summary>Tells the desk: rows, with the proofs that the number is set up for.</summary>
internal sealed class EngageLabCallbacks(SimulatorCore core, EngageLabState state, Func<MessagingSettings> settings)
{
    public const string Provider = "engagelab";

    private const string OutsideWindow = "131047";
    private static readonly TimeSpan Window = TimeSpan.FromHours(24);

    public Task StartAsync(OutgoingMessage message, bool isTemplate, CancellationToken cancellationToken) => StatusRun.StartAsync(
        core, settings, Steps(message, isTemplate), (step, token) => MoveAsync(message, step.Status, step.ErrorCode, token), cancellationToken);

    /// <returns>The callback; null if the number has none.</returns>
    public async Task<WebhookDelivery?> MoveAsync(OutgoingMessage message, string status, string? errorCode, CancellationToken cancellationToken)
    {
        DateTimeOffset now = core.Time.GetUtcNow();
        message.Move(status, errorCode, now, null);
        if (state.Find(message.From) is not { WebhookUrl: { } url } number) return null;
        JsonObject about = new()
        {
            ["message_status"] = status,
            ["status_data"] = new JsonObject
            {
                ["msg_time"] = now.ToUnixTimeSeconds(),
                ["channel_message_id"] = "wamid." + Convert.ToBase64String(Encoding.ASCII.GetBytes(message.Id)),
                ["whatsapp_business_account_id"] = number.BusinessAccountId,
                ["country_code"] = "US",
            },
            ["error_code"] = errorCode is null ? 0 : int.Parse(errorCode, CultureInfo.InvariantCulture),
        };
        if (errorCode is not null) about["error_detail"] = new JsonObject { ["message"] = "the message was not delivered" };
        JsonObject row = Row(message.Id, number.PhoneNumber, message.To, now);
        if (message.Request["custom_args"] is { } args) row["custom_args"] = args.DeepClone();
        if (message.Request.Text("request_id") is { } request) row["request_id"] = request;
        row["status"] = about;
        return await SendAsync("status", message.Id, url, number, Envelope(row), cancellationToken);
    }

    public static JsonObject Row(string id, string from, string to, DateTimeOffset at) => new()
    {
        ["message_id"] = id,
        ["from"] = from,
        ["to"] = to,
        ["server"] = "whatsapp",
        ["channel"] = "whatsapp",
        ["itime"] = at.ToUnixTimeSeconds(),
    };

    public static JsonObject Envelope(params JsonNode[] rows) => new() { ["total"] = rows.Length, ["rows"] = new JsonArray(rows) };

    /// <param name="body">Null: an empty body.</param>
    public Task<WebhookDelivery> SendAsync(
        string kind, string? messageId, string url, EngageLabNumber number, JsonNode? body, CancellationToken cancellationToken)
    {
        Dictionary<string, string> headers = [];
        if (number.CallbackSecret is { } secret) headers["X-CALLBACK-ID"] = Proof(secret, number.CallbackUser ?? string.Empty);
        if (number.CallbackAuthorization is { } authorization) headers["Authorization"] = authorization;
        Webhook webhook = new()
        {
            Provider = Provider,
            Kind = kind,
            MessageId = messageId,
            Url = url,
            ContentType = "application/json",
            Body = body?.ToJsonString(SimulatorJson.Options) ?? string.Empty,
            Headers = headers,
        };
        return core.Webhooks.SendAsync(webhook, WebhookPolicy.Of(settings()), cancellationToken);
    }

    private string Proof(string secret, string user)
    {
        string timestamp = core.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        string nonce = Guid.NewGuid().ToString("N")[..12];
        byte[] signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(timestamp + nonce + user));
        return $"timestamp={timestamp};nonce={nonce};username={user};signature={Convert.ToHexStringLower(signature)}";
    }

    private IEnumerable<StatusStep> Steps(OutgoingMessage message, bool isTemplate)
    {
        if (core.Faults.TakeForMessage(Provider, message.To) is { } fault)
            return [new StatusStep("delivered_failed", (fault.Code ?? 131026).ToString(CultureInfo.InvariantCulture))];
        DateTimeOffset? last = state.LastInbound(message.To, message.From);
        if (!isTemplate && (last is null || core.Time.GetUtcNow() - last > Window)) return [new StatusStep("sent_failed", OutsideWindow)];
        return settings().AutoStatus.Select(status => new StatusStep(status));
    }
}
