using Twilio.Clients;
using Twilio.Http;

namespace LiveDesk.Tests.Local.Twilio;

/// <summary>Clients whose requests to api., content. and messaging.twilio.com go to a local address instead.</summary>
internal static class TwilioClients
{
    public const string AccountSid = "AC00000000000000000000000000000001";
    public const string AuthToken = "livedesk_test_auth_token_0001";

    /// <param name="baseUri">Where api.twilio.com is; content and messaging are below it, in a folder of their name.</param>
    /// <param name="accountSid">User name.</param>
    /// <param name="authToken">Password.</param>
    public static TwilioRestClient For(Uri baseUri, string accountSid = AccountSid, string authToken = AuthToken) =>
        new(accountSid, authToken, httpClient: new SystemNetHttpClient(new System.Net.Http.HttpClient(new Redirection(baseUri))));

    private sealed class Redirection(Uri baseUri) : DelegatingHandler(new HttpClientHandler { AllowAutoRedirect = false })
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Uri official = request.RequestUri!;
            string product = official.Host.Split('.')[0];
            string folder = product == "api" ? string.Empty : "/" + product;
            request.RequestUri = new Uri(baseUri.AbsoluteUri.TrimEnd('/') + folder + official.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
