using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Viber;

/// <summary>
/// <c>X-Viber-Content-Signature</c>: lower-case hexadecimal HMAC-SHA256 of the raw body, keyed with the bot's token. Older clouds of Viber put
/// it into the query as <c>sig</c>, which counts only where there is no header.
/// </summary>
internal static class ViberSignature
{
    public static WebhookVerdict Verify(string authToken, WebhookRequest request)
    {
        string? presented = request.Header("X-Viber-Content-Signature") ?? FromQuery(request.PublicUrl);
        if (string.IsNullOrEmpty(presented)) return WebhookVerdict.SignatureMissing;
        return FixedTime.Equal(presented.ToLowerInvariant(), Sign(authToken, request.Body.Span)) ? WebhookVerdict.Authentic : WebhookVerdict.SignatureWrong;
    }

    public static string Sign(string authToken, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(authToken), body));

    private static string? FromQuery(Uri url) => url.Query.TrimStart('?').Split('&')
        .FirstOrDefault(p => p.StartsWith("sig=", StringComparison.Ordinal))?["sig=".Length..];
}
