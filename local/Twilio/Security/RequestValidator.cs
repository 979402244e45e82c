using System.Collections.Specialized;
using System.Security.Cryptography;
using System.Text;

namespace Twilio.Security;

/// <summary>Checks the <c>X-Twilio-Signature</c> of a webhook: base64 HMAC-SHA1, keyed with the auth token, over the URL and the sorted form.</summary>
/// <remarks>
/// Accepts a signature over the URL as given and over the same URL with the port added (if it has none) or removed, since Twilio is inconsistent there.
/// See https://www.twilio.com/docs/usage/webhooks/webhooks-security.
/// </remarks>
public class RequestValidator
{
    private readonly byte[] _secret;

    /// <param name="secret">The account's primary auth token; never an API key secret.</param>
    public RequestValidator(string secret) => _secret = Encoding.UTF8.GetBytes(secret);

    /// <summary>Checks a form. As in the official library, values of a repeated name are joined by commas, which is not what Twilio signs.</summary>
    public bool Validate(string url, NameValueCollection parameters, string expected) => Validate(
        url,
        parameters.AllKeys.ToDictionary(name => name ?? throw new ArgumentNullException(nameof(parameters)), name => parameters[name] ?? string.Empty),
        expected);

    /// <summary>Checks a form, or a request without body parameters.</summary>
    /// <param name="url">The URL that Twilio requested, query included.</param>
    /// <param name="parameters">Decoded form fields; null or empty for none.</param>
    /// <param name="expected">The signature header.</param>
    /// <exception cref="ArgumentException">The URL or the signature is missing.</exception>
    public bool Validate(string url, IDictionary<string, string>? parameters, string expected)
    {
        if (string.IsNullOrEmpty(url)) throw new ArgumentException("Parameter 'url' cannot be null or empty.", nameof(url));
        if (string.IsNullOrEmpty(expected)) throw new ArgumentException("Parameter 'expected' cannot be null or empty.", nameof(expected));

        string form = Joined(parameters);
        return SecureEquals(Signature(url + form), expected) || SecureEquals(Signature(OtherPort(url) + form), expected);
    }

    /// <summary>Checks a request with a JSON body, whose hash is the <c>bodySHA256</c> parameter of the URL.</summary>
    public bool Validate(string url, string body, string expected)
    {
        if (string.IsNullOrEmpty(url)) throw new ArgumentException("Parameter 'url' cannot be null or empty.", nameof(url));

        string hash = string.Empty;
        foreach (string parameter in new Uri(url, UriKind.Absolute).Query.TrimStart('?').Split('&'))
        {
            string[] pair = parameter.Split('=');
            if (pair[0] == "bodySHA256") hash = Uri.UnescapeDataString(pair[1]);
        }

        return Validate(url, (IDictionary<string, string>?)null, expected) && ValidateBody(body, hash);
    }

    /// <summary>Whether the text's SHA-256, in lower-case hex, is the one expected.</summary>
    public static bool ValidateBody(string rawBody, string expected) =>
        SecureEquals(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rawBody))), expected);

    private static string Joined(IDictionary<string, string>? parameters) => parameters is null
        ? string.Empty
        : string.Concat(parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key + pair.Value));

#pragma warning disable CA5350 // Twilio signs with HMAC-SHA1
    private string Signature(string text) => Convert.ToBase64String(HMACSHA1.HashData(_secret, Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350

    private static bool SecureEquals(string actual, string? expected) =>
        expected is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(actual), Encoding.UTF8.GetBytes(expected));

    private static string OtherPort(string url)
    {
        Uri uri = new(url);
        bool hasPort = uri.GetComponents(UriComponents.Port, UriFormat.UriEscaped).Length > 0;
        UriBuilder other = new(uri);
        other.Port = hasPort ? -1 : uri.Scheme == "https" ? 443 : 80;

        // Uri lower-cases scheme and host, but Twilio signs what is configured.
        return new StringBuilder(other.ToString())
            .Replace(uri.Host, AsWritten(url, uri.Host))
            .Replace(uri.Scheme, AsWritten(url, uri.Scheme))
            .ToString();
    }

    private static string AsWritten(string url, string part) =>
        url.Substring(url.IndexOf(part, StringComparison.OrdinalIgnoreCase), part.Length);
}
