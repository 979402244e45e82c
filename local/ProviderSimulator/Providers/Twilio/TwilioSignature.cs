using System.Security.Cryptography;
using System.Text;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Signs webhooks: base64 HMAC-SHA1, keyed with the auth token, over the URL and the sorted form.</summary>
internal static class TwilioSignature
{
    /// <param name="authToken">Key.</param>
    /// <param name="url">URL as requested, without fragment.</param>
    /// <param name="form">Decoded fields. A name that occurs several times counts each distinct value once, sorted.</param>
    public static string Of(string authToken, string url, IEnumerable<KeyValuePair<string, string>> form)
    {
        IEnumerable<string> fields = form
            .Distinct()
            .OrderBy(field => field.Key, StringComparer.Ordinal)
            .ThenBy(field => field.Value, StringComparer.Ordinal)
            .Select(field => field.Key + field.Value);
#pragma warning disable CA5350 // Twilio signs with HMAC-SHA1
        return Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(url + string.Concat(fields))));
#pragma warning restore CA5350
    }
}
