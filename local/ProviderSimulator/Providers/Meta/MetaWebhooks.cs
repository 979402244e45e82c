using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Meta;

/// <summary>Sends signed JSON as Meta does: the characters outside ASCII and the slashes escaped, and the signature over that form.</summary>
internal sealed class MetaWebhooks(SimulatorCore core, string provider, Func<MessagingSettings> settings)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public Task<WebhookDelivery> SendAsync(
        string kind, string? messageId, string url, MetaSecrets secrets, JsonObject body, CancellationToken cancellationToken)
    {
        string text = Escaped(body.ToJsonString(Plain));
        var webhook = new Webhook
        {
            Provider = provider,
            Kind = kind,
            MessageId = messageId,
            Url = url,
            ContentType = "application/json",
            Body = text,
            Headers = new Dictionary<string, string>
            {
                ["X-Hub-Signature-256"] = "sha256=" + secrets.Sign(text),
                ["User-Agent"] = "facebookexternalua",
                ["Accept"] = "*/*",
            },
        };
        return core.Webhooks.SendAsync(webhook, WebhookPolicy.Of(settings()), cancellationToken);
    }

    private static string Escaped(string json)
    {
        var text = new StringBuilder(json.Length);
        for (int i = 0; i < json.Length; i++)
        {
            char c = json[i];
            if (c == '\\')
            {
                // The serializer has escaped this one; only the case of its digits is not Meta's.
                int length = json[i + 1] == 'u' ? 6 : 2;
                text.Append(json.Substring(i, length).ToLowerInvariant());
                i += length - 1;
            }
            else if (c == '/') text.Append("\\/");
            else if (c < 0x80) text.Append(c);
            else text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
        return text.ToString();
    }
}
