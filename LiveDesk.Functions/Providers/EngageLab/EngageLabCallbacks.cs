using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.EngageLab;

/// <summary>
/// Who calls. WhatsApp callbacks carry no proof as yet, so that the secret URL is the gate; the <c>X-CALLBACK-ID</c> and <c>Authorization</c> of EngageLab's
/// other products are demanded as soon as the channel has a secret or value for them (engagelab.com/docs/otp, Callback Settings).
/// </summary>
internal static class EngageLabCallbacks
{
    public static WebhookVerdict Verify(Channel channel, WebhookRequest request)
    {
        string? secret = channel.Credential("callbackSecret");
        string? authorization = channel.Credential("callbackAuthorization");
        if (secret is not null)
        {
            if (request.Header("X-CALLBACK-ID") is not { Length: > 0 } header) return WebhookVerdict.SignatureMissing;
            if (!IsSigned(header, secret, channel.Credential("callbackUser"))) return WebhookVerdict.SignatureWrong;
        }
        if (authorization is not null)
        {
            if (request.Header("Authorization") is not { Length: > 0 } presented) return WebhookVerdict.CredentialsMissing;
            if (!FixedTime.Equal(presented, authorization)) return WebhookVerdict.CredentialsWrong;
        }
        if (secret is not null || authorization is not null) return WebhookVerdict.Authentic;
        IReadOnlyList<JsonElement> rows = Rows(JsonFields.Read(request.Body));
        return rows.Count == 0 || rows.Any(row => IsOf(channel, row)) ? WebhookVerdict.Authentic : WebhookVerdict.WrongAccount;
    }

    /// <summary>The rows of a callback; a single row may stand in their place.</summary>
    public static IReadOnlyList<JsonElement> Rows(JsonElement body) =>
        body.Has("rows") ? body.Member("rows").Items()
        : body.Has("status") || body.Has("response") || body.Has("notification") ? [body]
        : [];

    /// <summary>
    /// Whether a row is about the channel's business account and number, as far as it says. Which of <c>from</c> and <c>to</c> is the business differs between
    /// the documented rows, so that either may be.
    /// </summary>
    public static bool IsOf(Channel channel, JsonElement row)
    {
        string? account = row.Member("response").Member("response_data").Text("whatsapp_business_account_id")
            ?? row.Member("status").Member("status_data").Text("whatsapp_business_account_id")
            ?? EngageLabNotices.Data(row.Member("notification")).Text("whatsapp_business_account_id");
        if (account is not null && account != channel.Credential("businessAccountId")) return false;
        E164[] numbers = [.. Numbers(row)];
        return numbers.Length < 2 || channel.PhoneNumber is not { } ours || numbers.Contains(ours);
    }

    /// <summary>Lower-case hexadecimal HMAC-SHA256 over timestamp, nonce and user; the body is not in it.</summary>
    public static string Sign(string secret, string timestamp, string nonce, string user) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(timestamp + nonce + user)));

    private static bool IsSigned(string header, string secret, string? user)
    {
        var parts = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string part in header.Split(';'))
            if (part.Split('=', 2, StringSplitOptions.TrimEntries) is [{ Length: > 0 } name, var value]) parts.TryAdd(name, value);
        string Part(string name) => parts.GetValueOrDefault(name, "");
        if (Part("timestamp").Length == 0 || Part("nonce").Length == 0) return false;
        // Both are compared whatever the first says, so that the time tells nothing.
        return FixedTime.Equal(Part("signature").ToLowerInvariant(), Sign(secret, Part("timestamp"), Part("nonce"), Part("username")))
            & FixedTime.Equal(Part("username"), user ?? Part("username"));
    }

    private static IEnumerable<E164> Numbers(JsonElement row)
    {
        if (E164.TryParse(row.Text("from"), out E164 from)) yield return from;
        if (E164.TryParse(row.Text("to"), out E164 to)) yield return to;
    }
}
