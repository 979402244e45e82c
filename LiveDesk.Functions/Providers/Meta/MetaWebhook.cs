using System.Collections.Specialized;
using System.Web;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.Meta;

/// <summary>
/// The door that WhatsApp and Messenger share: a GET once, when the webhook is set up, which proves by the verify token who asks and is
/// not signed; then signed POSTs (developers.facebook.com/docs/graph-api/webhooks/getting-started).
/// </summary>
internal static class MetaWebhook
{
    /// <summary>Meta waits for nothing in particular.</summary>
    public static readonly WebhookReply Received = new(200, "text/plain; charset=utf-8", "EVENT_RECEIVED");

    public static bool IsHandshake(WebhookRequest request) => request.Method == "GET";

    public static WebhookVerdict Verify(Channel channel, WebhookRequest request) => IsHandshake(request)
        ? VerifyHandshake(channel.Credential("verifyToken"), Query(request))
        : MetaSignature.Verify(channel.Credential("appSecret"), request.Header(MetaSignature.Header), request.Body.Span);

    /// <summary>The challenge, bare.</summary>
    public static ParsedWebhook AnswerHandshake(WebhookRequest request) => Query(request)["hub.challenge"] is { Length: > 0 } challenge
        ? new ParsedWebhook([], [], new WebhookReply(200, "text/plain; charset=utf-8", challenge))
        : ParsedWebhook.NotUnderstood("hub.challenge is missing.");

    private static WebhookVerdict VerifyHandshake(string? expected, NameValueCollection query)
    {
        if (query["hub.verify_token"] is not { Length: > 0 } token || query["hub.mode"] != "subscribe") return WebhookVerdict.CredentialsMissing;
        return expected is not null && FixedTime.Equal(token, expected) ? WebhookVerdict.Authentic : WebhookVerdict.CredentialsWrong;
    }

    private static NameValueCollection Query(WebhookRequest request) => HttpUtility.ParseQueryString(request.PublicUrl.Query);
}
