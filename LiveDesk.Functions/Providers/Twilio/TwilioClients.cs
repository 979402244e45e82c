using LiveDesk.Domain.Channels;
using Twilio.Clients;
using Twilio.Http;

namespace LiveDesk.Functions.Providers.Twilio;

/// <summary>
/// Twilio's SDK over the desk's own HTTP client. With a base URL of our own, <c>api.twilio.com</c> becomes <c>{base}</c> and each other host
/// <c>{name}.twilio.com</c> becomes <c>{base}/{name}</c>.
/// </summary>
internal sealed class TwilioClients(ProviderHttp http, LiveDeskOptions options) : IDisposable
{
    private readonly System.Net.Http.HttpClient _client = new(new Redirect(options.ProviderBaseUrls.GetValueOrDefault("Twilio"), http.Handler), disposeHandler: false)
    {
        Timeout = ProviderHttp.CallTimeout,
    };

    /// <summary>The client's transport keeps the last answer, so each call gets one of its own.</summary>
    public TwilioRestClient For(Channel channel)
    {
        string account = channel.Credential("accountSid")!;
        bool apiKey = channel.Flag("useApiKey");
        return new TwilioRestClient(
            apiKey ? channel.Credential("apiKeySid") : account,
            apiKey ? channel.Credential("apiKeySecret") : channel.Credential("authToken"),
            account,
            httpClient: new SystemNetHttpClient(_client));
    }

    public void Dispose() => _client.Dispose();

    private sealed class Redirect(Uri? baseUrl, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (baseUrl is not null && request.RequestUri is { } url)
            {
                string service = url.Host == "api.twilio.com" ? "" : "/" + url.Host.Split('.')[0];
                request.RequestUri = new Uri(baseUrl.AbsoluteUri.TrimEnd('/') + service + url.PathAndQuery);
            }
            return base.SendAsync(request, cancellationToken);
        }
    }
}
