using System.Net;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers;

/// <summary>The one HTTP client for all providers, and what its failures mean for a message.</summary>
internal sealed class ProviderHttp : IDisposable
{
    /// <summary>From the first byte out to the last byte in. Shorter than a sender's lease, so that nobody takes over meanwhile.</summary>
    public static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan StandardConnectTimeout = TimeSpan.FromSeconds(5);

    public ProviderHttp(TimeSpan? connectTimeout = null)
    {
        Handler = new DepartureWatch(new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout ?? StandardConnectTimeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.All,
        });
        Client = new HttpClient(Handler, disposeHandler: true) { Timeout = CallTimeout };
    }

    public HttpClient Client { get; }

    /// <summary>The connections, for a client of an SDK.</summary>
    public HttpMessageHandler Handler { get; }

    /// <summary>
    /// No answer came. If no connection was made, nothing was taken; once bytes may have left, nobody can tell.
    /// </summary>
    public static SendOutcome WithoutAnswer(Exception failure) => failure switch
    {
        RequestNeverLeftException => new SendOutcome.NotTaken(null, "No connection to the provider: it took too long."),
        HttpRequestException
        {
            HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError
                or HttpRequestError.ProxyTunnelError,
        } e => new SendOutcome.NotTaken(null, $"No connection to the provider: {e.HttpRequestError}."),
        OperationCanceledException => new SendOutcome.Ambiguous("The provider did not answer in time."),
        _ => new SendOutcome.Ambiguous("The connection broke before the provider answered."),
    };

    /// <summary>The <c>Retry-After</c> header, seconds or a date.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, DateTimeOffset now) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date > now ? date - now : TimeSpan.Zero,
        _ => null,
    };

    public void Dispose() => Client.Dispose();
}
