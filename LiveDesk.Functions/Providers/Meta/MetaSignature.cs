using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Meta;

/// <summary>
/// <c>X-Hub-Signature-256</c> (developers.facebook.com/docs/messenger-platform/webhooks#validate-payloads): over the bytes as they came.
/// Meta signs an escaped form of the JSON, so the same JSON written anew has another signature. The older SHA-1 header is not looked at.
/// </summary>
internal static class MetaSignature
{
    public const string Header = "X-Hub-Signature-256";

    private const string Prefix = "sha256=";

    public static WebhookVerdict Verify(string? appSecret, string? header, ReadOnlySpan<byte> body)
    {
        if (header is not { Length: > 0 } signature) return WebhookVerdict.SignatureMissing;
        if (appSecret is null || !signature.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)) return WebhookVerdict.SignatureWrong;
        return FixedTime.Equal(Hex(appSecret, body), signature[Prefix.Length..].ToLowerInvariant())
            ? WebhookVerdict.Authentic
            : WebhookVerdict.SignatureWrong;
    }

    /// <summary>Proves to Meta that whoever has the token knows the app secret too (<c>appsecret_proof</c>).</summary>
    public static string Proof(string appSecret, string accessToken) => Hex(appSecret, Encoding.UTF8.GetBytes(accessToken));

    private static string Hex(string appSecret, ReadOnlySpan<byte> text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), text));
}
