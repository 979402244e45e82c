using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LiveDesk.Domain.Webhooks;

/// <summary>
/// The signature of Standard Webhooks (github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md): HMAC-SHA256 over
/// <c>id.timestamp.body</c>, in base 64, with the version in front. The secret is shown as <c>whsec_</c> and base 64.
/// </summary>
public static class WebhookSignature
{
    /// <summary>Random bytes of a secret; the specification wants 24 to 64.</summary>
    public const int SecretLength = 32;

    private const string SecretPrefix = "whsec_";

    public static string Show(byte[] secret) => SecretPrefix + Convert.ToBase64String(secret);

    /// <param name="secret">As it was shown.</param>
    public static string Of(string secret, string id, DateTimeOffset timestamp, string body)
    {
        byte[] key = Convert.FromBase64String(secret[SecretPrefix.Length..]);
        byte[] signed = Encoding.UTF8.GetBytes($"{id}.{Seconds(timestamp)}.{body}");
        return $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}";
    }

    /// <summary>As the header <c>webhook-timestamp</c> has it.</summary>
    public static string Seconds(DateTimeOffset timestamp) => timestamp.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
