using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Twilio;

/// <summary>
/// <c>X-Twilio-Signature</c> (twilio.com/docs/usage/webhooks/webhooks-security). Not the SDK's own validator: that one joins repeated
/// parameters with a comma, which Twilio itself does not.
/// </summary>
internal static class TwilioSignature
{
    private const string BodyHash = "bodySHA256";

    /// <param name="url">As Twilio requested it; Twilio signs it with the standard port or without any.</param>
    public static bool IsValid(string authToken, Uri url, string? contentType, ReadOnlySpan<byte> body, string signature)
    {
        string text = url.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped);
        string? hash = Form.Decode(url.Query.TrimStart('?')).FirstOrDefault(p => p.Key == BodyHash).Value;
        if (hash is not null)
            return FixedTime.Equal(Convert.ToHexStringLower(SHA256.HashData(body)), hash) && AnyPort(authToken, url, text, "", signature);
        bool form = contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
        // A signature over the URL alone says nothing about a body of another type.
        if (!form && body.Length > 0) return false;
        return AnyPort(authToken, url, text, form ? Parameters(Encoding.UTF8.GetString(body)) : "", signature);
    }

    [SuppressMessage("Security", "CA5350", Justification = "Twilio signs with HMAC-SHA1.")]
    public static string Sign(string authToken, string text) =>
        Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text)));

    /// <summary>Names in byte order, each with its distinct values in byte order.</summary>
    public static string Parameters(string form)
    {
        var text = new StringBuilder();
        foreach (var name in Form.Decode(form).GroupBy(p => p.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            foreach (string value in name.Select(p => p.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
                text.Append(name.Key).Append(value);
        return text.ToString();
    }

    private static bool AnyPort(string authToken, Uri url, string text, string parameters, string signature)
    {
        bool valid = false;
        // Every variant is computed, so that the time tells nothing.
        foreach (string variant in Variants(url, text)) valid |= FixedTime.Equal(Sign(authToken, variant + parameters), signature);
        return valid;
    }

    private static IEnumerable<string> Variants(Uri url, string text)
    {
        yield return text;
        string afterHost = url.GetComponents(UriComponents.PathAndQuery, UriFormat.UriEscaped);
        yield return $"{url.Scheme}://{url.Host}{afterHost}";
        yield return $"{url.Scheme}://{url.Host}:{(url.Scheme == Uri.UriSchemeHttps ? 443 : 80)}{afterHost}";
    }
}

/// <summary>Form encoding, with repeated names and untrimmed values kept.</summary>
internal static class Form
{
    public static IEnumerable<KeyValuePair<string, string>> Decode(string form) =>
        from pair in form.Split('&', StringSplitOptions.RemoveEmptyEntries)
        let at = pair.IndexOf('=', StringComparison.Ordinal)
        select new KeyValuePair<string, string>(
            WebUtility.UrlDecode(at < 0 ? pair : pair[..at]), at < 0 ? "" : WebUtility.UrlDecode(pair[(at + 1)..]));
}
