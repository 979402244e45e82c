using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Viber;

/// <summary>Tells the desk: one signed event a request.</summary>
internal sealed class ViberCallbacks(SimulatorCore core, ViberState state, Func<MessagingSettings> settings)
{
    public const string Provider = "viber";

    public Task StartAsync(OutgoingMessage message, ViberBot bot, CancellationToken cancellationToken) => StatusRun.StartAsync(
        core, settings, Steps(message), (step, token) => MoveAsync(message, bot, step.Status, step.ErrorCode, token), cancellationToken);

    /// <summary>Moves a message on; Viber itself has no event for <c>sent</c>.</summary>
    /// <returns>The callback; null if there is none.</returns>
    public async Task<WebhookDelivery?> MoveAsync(OutgoingMessage message, ViberBot bot, string status, string? reason, CancellationToken cancellationToken)
    {
        message.Move(status, reason, core.Time.GetUtcNow(), null);
        if (status == "sent" || bot.WebhookUrl is not { } url) return null;
        JsonObject body = Event(status, withToken: false);
        body["message_token"] = ulong.Parse(message.Id, CultureInfo.InvariantCulture);
        body["user_id"] = message.To;
        if (status == "failed") body["desc"] = reason ?? "failure description";
        return await SendAsync("status", message.Id, url, bot.AuthToken, body, cancellationToken);
    }

    public JsonObject Event(string kind, bool withToken)
    {
        JsonObject body = new() { ["event"] = kind, ["timestamp"] = core.Time.GetUtcNow().ToUnixTimeMilliseconds(), ["chat_hostname"] = "SN-CHAT-01_" };
        if (withToken) body["message_token"] = ulong.Parse(state.NewToken(), CultureInfo.InvariantCulture);
        return body;
    }

    /// <param name="token">Key of the signature; a wrong one makes a wrong signature.</param>
    public Task<WebhookDelivery> SendAsync(string kind, string? messageId, string url, string token, JsonNode body, CancellationToken cancellationToken)
    {
        string json = body.ToJsonString(SimulatorJson.Options);
        Webhook webhook = new()
        {
            Provider = Provider,
            Kind = kind,
            MessageId = messageId,
            Url = url,
            ContentType = "application/json",
            Body = json,
            Headers = new Dictionary<string, string>
            {
                ["X-Viber-Content-Signature"] = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(token), Encoding.UTF8.GetBytes(json))),
            },
        };
        return core.Webhooks.SendAsync(webhook, WebhookPolicy.Of(settings()), cancellationToken);
    }

    private IEnumerable<StatusStep> Steps(OutgoingMessage message) => core.Faults.TakeForMessage(Provider, message.To) is not null
        ? [new StatusStep("failed", "The message could not be delivered")]
        : settings().AutoStatus.Select(status => new StatusStep(status == "read" ? "seen" : status));
}
