using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>Where a try of a webhook failed.</summary>
internal enum WebhookFailure
{
    /// <summary>It did not, or the desk refused it for good (3xx, 4xx).</summary>
    None,

    /// <summary>No connection came about.</summary>
    Connect,

    /// <summary>5xx, no answer in time, or the connection broke.</summary>
    Later,
}

/// <summary>Tries a webhook once, over real HTTP.</summary>
internal sealed class WebhookTransport(TimeProvider time) : IDisposable
{
    private readonly HttpClient _client = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        UseProxy = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async Task<(WebhookAttempt Result, WebhookFailure Failure)> SendAsync(Webhook webhook, TimeSpan timeout, CancellationToken cancellationToken)
    {
        DateTimeOffset at = time.GetUtcNow();
        using CancellationTokenSource patience = new(timeout, time);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using HttpRequestMessage request = Request(webhook);
            using HttpResponseMessage answer = await _client.SendAsync(request, limit.Token);
            string body = await answer.Content.ReadAsStringAsync(limit.Token);
            WebhookAttempt attempt = new(at, (int)answer.StatusCode, body, answer.Content.Headers.ContentType?.ToString(), null);
            return (attempt, answer.StatusCode >= HttpStatusCode.InternalServerError ? WebhookFailure.Later : WebhookFailure.None);
        }
        catch (HttpRequestException exception)
        {
            bool unconnected = exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
                or HttpRequestError.SecureConnectionError;
            return (Unanswered(at, exception.Message), unconnected ? WebhookFailure.Connect : WebhookFailure.Later);
        }
        catch (OperationCanceledException)
        {
            return (Unanswered(at, "No answer in time."), WebhookFailure.Later);
        }
    }

    public void Dispose() => _client.Dispose();

    private static WebhookAttempt Unanswered(DateTimeOffset at, string error) => new(at, null, null, null, error);

    private static HttpRequestMessage Request(Webhook webhook)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(webhook.Body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(webhook.ContentType);
        HttpRequestMessage request = new(HttpMethod.Post, webhook.Url) { Content = content };
        foreach ((string name, string value) in webhook.Headers) request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }
}
