using System.Globalization;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Sends signed forms as Twilio does: the same idempotency token for every try, then the fallback URL once.</summary>
internal sealed class TwilioWebhooks(SimulatorCore core, Func<MessagingSettings> settings)
{
    public const string Provider = "twilio";

    /// <param name="kind"><c>inbound</c> or <c>status</c>.</param>
    /// <param name="messageSid">The message that it is about.</param>
    /// <param name="url">Where to, with connection overrides in the fragment, if any.</param>
    /// <param name="fallbackUrl">Tried once if the first fails.</param>
    /// <param name="authToken">Key of the signature.</param>
    /// <param name="form">The fields.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<WebhookDelivery> SendAsync(
        string kind,
        string messageSid,
        string url,
        string? fallbackUrl,
        string authToken,
        IReadOnlyList<KeyValuePair<string, string>> form,
        CancellationToken cancellationToken)
    {
        string token = Guid.NewGuid().ToString();
        (string address, WebhookPolicy policy) = Overridden(url, WebhookPolicy.Of(settings()));
        WebhookDelivery delivery = await core.Webhooks.SendAsync(Signed(kind, messageSid, address, authToken, form, token), policy, cancellationToken);
        if (delivery.Outcome != WebhookOutcome.Failed || fallbackUrl is null) return delivery;
        WebhookPolicy once = policy with { Retries = 0 };
        return await core.Webhooks.SendAsync(Signed(kind, messageSid, fallbackUrl, authToken, form, token), once, cancellationToken);
    }

    private static Webhook Signed(
        string kind, string messageSid, string url, string authToken, IReadOnlyList<KeyValuePair<string, string>> form, string idempotencyToken) => new()
        {
            Provider = Provider,
            Kind = kind,
            MessageId = messageSid,
            Url = url,
            ContentType = "application/x-www-form-urlencoded; charset=UTF-8",
            Body = TwilioForm.Encode(form),
            Headers = new Dictionary<string, string>
            {
                ["X-Twilio-Signature"] = TwilioSignature.Of(authToken, url, form),
                ["I-Twilio-Idempotency-Token"] = idempotencyToken,
                ["X-Home-Region"] = "us1",
                ["User-Agent"] = "TwilioProxy/1.1",
                ["Accept"] = "*/*",
            },
        };

    // twilio.com/docs/usage/webhooks/webhooks-connection-overrides: rt and tt in milliseconds, rc from 0 to 5. The fragment is not sent.
    private static (string Url, WebhookPolicy Policy) Overridden(string url, WebhookPolicy policy)
    {
        int hash = url.IndexOf('#', StringComparison.Ordinal);
        if (hash < 0) return (url, policy);
        foreach (string[] pair in url[(hash + 1)..].Split('&').Select(part => part.Split('=')))
        {
            if (pair.Length != 2 || !int.TryParse(pair[1], NumberStyles.None, CultureInfo.InvariantCulture, out int value)) continue;
            policy = pair[0] switch
            {
                "rc" => policy with { Retries = Math.Min(value, 5) },
                "rt" => policy with { AttemptTimeout = TimeSpan.FromMilliseconds(value) },
                "tt" => policy with { TotalTimeout = TimeSpan.FromMilliseconds(value) },
                _ => policy,
            };
        }

        return (url[..hash], policy);
    }
}
