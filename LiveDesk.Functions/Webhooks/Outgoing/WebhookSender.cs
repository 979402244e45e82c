using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Functions.Security;

namespace LiveDesk.Functions.Webhooks.Outgoing;

/// <summary>Posts signed messages. Private addresses are refused after the name is resolved; redirects are not followed.</summary>
internal sealed class WebhookSender(GuardedHttp http, ISecretProtector secrets, TimeProvider time) : IWebhookSender
{
    /// <summary>Standard Webhooks asks for 15 to 30 seconds.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    public async Task<WebhookAnswer> SendAsync(WebhookEndpoint endpoint, WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        if (endpoint.Url.Scheme != Uri.UriSchemeHttps && !http.IsAllowedPrivate(endpoint.Url))
            return WebhookAnswer.Unanswered("The address is not encrypted (https).");
        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            using HttpRequestMessage request = Request(endpoint, delivery);
            using HttpResponseMessage response = await http.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return WebhookAnswer.Of((int)response.StatusCode);
        }
        catch (HttpRequestException e) when (e is { InnerException: PrivateAddressException })
        {
            return WebhookAnswer.Unanswered("The address leads into a private network.");
        }
        catch (Exception e) when (e is HttpRequestException or SocketException)
        {
            return WebhookAnswer.Unanswered($"The receiver could not be reached ({(e as HttpRequestException)?.HttpRequestError.ToString() ?? "connection"}).");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return WebhookAnswer.Unanswered($"The receiver did not answer within {Timeout.TotalSeconds:0} seconds.");
        }
    }

    private HttpRequestMessage Request(WebhookEndpoint endpoint, WebhookDelivery delivery)
    {
        DateTimeOffset now = time.GetUtcNow();
        IEnumerable<string> signatures = Secrets(endpoint, now).Select(secret => WebhookSignature.Of(secret, delivery.EventId, now, delivery.Body));
        var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(delivery.Body)) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        request.Headers.Add("webhook-id", delivery.EventId);
        request.Headers.Add("webhook-timestamp", WebhookSignature.Seconds(now));
        request.Headers.Add("webhook-signature", string.Join(' ', signatures));
        return request;
    }

    private IEnumerable<string> Secrets(WebhookEndpoint endpoint, DateTimeOffset now)
    {
        yield return secrets.Unprotect(endpoint.ProtectedSecret, endpoint.Id);
        if (endpoint.PreviousProtectedSecret is { } previous && now < endpoint.PreviousSecretUntil) yield return secrets.Unprotect(previous, endpoint.Id);
    }
}
