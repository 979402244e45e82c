using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Bandwidth;

/// <summary>
/// Who calls: Bandwidth signs nothing. It presents the user and password that were set on its application, if any; the secret URL stands in
/// any case. A webhook of another application is refused (dev.bandwidth.com/docs/messaging/webhooks).
/// </summary>
internal static class BandwidthCallbacks
{
    public static WebhookVerdict Verify(Channel channel, WebhookRequest request)
    {
        if (channel.Credential("callbackUser") is { } user)
        {
            if (request.Header("Authorization") is not { Length: > 0 } header) return WebhookVerdict.CredentialsMissing;
            if (!AreRight(header, user, channel.Credential("callbackPassword") ?? "")) return WebhookVerdict.CredentialsWrong;
        }
        string application = channel.Credential("applicationId")!;
        return JsonFields.Read(request.Body).Items().All(e => IsOf(application, e)) ? WebhookVerdict.Authentic : WebhookVerdict.WrongAccount;
    }

    private static bool AreRight(string header, string user, string password)
    {
        if (Decoded(header) is not { } presented) return false;
        int colon = presented.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return false;
        // Both are compared whatever the first says, so that the time tells nothing.
        return FixedTime.Equal(presented[..colon], user) & FixedTime.Equal(presented[(colon + 1)..], password);
    }

    private static string? Decoded(string header)
    {
        if (!AuthenticationHeaderValue.TryParse(header, out AuthenticationHeaderValue? value)
            || !string.Equals(value.Scheme, "Basic", StringComparison.OrdinalIgnoreCase) || value.Parameter is null) return null;
        byte[] bytes = new byte[value.Parameter.Length];
        return Convert.TryFromBase64String(value.Parameter, bytes, out int length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static bool IsOf(string application, JsonElement e) =>
        e.Member("message").Text("applicationId") is not { } other || string.Equals(other, application, StringComparison.OrdinalIgnoreCase);
}
