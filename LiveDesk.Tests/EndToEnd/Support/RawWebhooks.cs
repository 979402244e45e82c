using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>Requests as a provider makes them, with its signature.</summary>
internal static class RawWebhooks
{
    private static readonly HttpClient Http = new();

    public static async Task<HttpStatusCode> TwilioAsync(string webhook, string form, string authToken) => (await SendTwilioAsync(webhook, form, authToken)).Status;

    public static async Task<HttpStatusCode> MetaAsync(string webhook, byte[] json, string appSecret) => (await SendMetaAsync(webhook, json, appSecret)).Status;

    public static async Task<HttpStatusCode> ViberAsync(string webhook, byte[] json, string authToken) => (await SendViberAsync(webhook, json, authToken)).Status;

    public static async Task<HttpStatusCode> JsonAsync(string webhook, byte[] json, AuthenticationHeaderValue? authorization = null) =>
        (await SendJsonAsync(webhook, json, authorization)).Status;

    /// <param name="form">As it is on the wire; its parameters are signed as Twilio signs them.</param>
    public static Task<(HttpStatusCode Status, string Text)> SendTwilioAsync(string webhook, string form, string authToken)
    {
        IEnumerable<string[]> fields = form.Split('&').Select(pair => (string[])[.. pair.Split('=', 2).Select(p => Uri.UnescapeDataString(p.Replace('+', ' ')))]);
        string text = webhook + string.Concat(fields.OrderBy(f => f[0], StringComparer.Ordinal).Select(f => string.Concat(f)));
#pragma warning disable CA5350 // Twilio signs with HMAC-SHA1
        string signature = Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(authToken), Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
        var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        return SendAsync(webhook, content, null, ("X-Twilio-Signature", signature));
    }

    public static Task<(HttpStatusCode Status, string Text)> SendMetaAsync(string webhook, byte[] json, string appSecret) => SendAsync(
        webhook, Json(json), null, ("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(appSecret), json))));

    public static Task<(HttpStatusCode Status, string Text)> SendViberAsync(string webhook, byte[] json, string authToken) => SendAsync(
        webhook, Json(json), null, ("X-Viber-Content-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(authToken), json))));

    /// <summary>Bandwidth's and EngageLab's carry no signature.</summary>
    public static Task<(HttpStatusCode Status, string Text)> SendJsonAsync(string webhook, byte[] json, AuthenticationHeaderValue? authorization = null) =>
        SendAsync(webhook, Json(json), authorization);

    private static ByteArrayContent Json(byte[] json) => new(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static async Task<(HttpStatusCode Status, string Text)> SendAsync(
        string webhook, HttpContent content, AuthenticationHeaderValue? authorization, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook) { Content = content };
        request.Headers.Authorization = authorization;
        foreach ((string name, string value) in headers) request.Headers.Add(name, value);
        using HttpResponseMessage answer = await Http.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
