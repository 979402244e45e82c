using System.Net;
using System.Text.Json;
using Twilio.Exceptions;
using Twilio.Http;
using HttpClient = Twilio.Http.HttpClient;

namespace Twilio.Clients;

/// <summary>The REST client: adds the credentials, sends once (it never retries) and turns error answers into exceptions.</summary>
public class TwilioRestClient : ITwilioRestClient
{
    private readonly string? _username;
    private readonly string? _password;

    /// <summary>Creates a client.</summary>
    /// <param name="username">Account SID or API key SID.</param>
    /// <param name="password">Auth token or API key secret.</param>
    /// <param name="accountSid">Account addressed; the user name when null. Needed with an API key.</param>
    /// <param name="region">Such as <c>ie1</c>; becomes part of the host name.</param>
    /// <param name="httpClient">Transport; a <see cref="SystemNetHttpClient"/> when null.</param>
    /// <param name="edge">Such as <c>dublin</c>; becomes part of the host name.</param>
    public TwilioRestClient(
        string? username, string? password, string? accountSid = null, string? region = null, HttpClient? httpClient = null, string? edge = null)
    {
        _username = username;
        _password = password;
        AccountSid = accountSid ?? username ?? string.Empty;
        HttpClient = httpClient ?? new SystemNetHttpClient();
        Region = region;
        Edge = edge;
    }

    public HttpClient HttpClient { get; }

    public string AccountSid { get; }

    public string? Region { get; }

    public string? Edge { get; set; }

    /// <summary>Appended to the User-Agent of every request.</summary>
    public string[]? UserAgentExtensions { get; set; }

    /// <summary>Sends a request and waits for the answer.</summary>
    /// <exception cref="ApiConnectionException">No answer was read; the inner exception says why.</exception>
    /// <exception cref="ApiException">The answer's status is not 2xx or 3xx.</exception>
    public Response Request(Request request)
    {
        Prepare(request);
        Response response;
        try
        {
            response = HttpClient.MakeRequest(request);
        }
        catch (Exception exception)
        {
            throw ConnectionError(request, exception);
        }

        return Checked(response);
    }

    /// <summary>Sends a request.</summary>
    /// <exception cref="ApiConnectionException">No answer was read (time-outs and cancellation included); the inner exception says why.</exception>
    /// <exception cref="ApiException">The answer's status is not 2xx or 3xx.</exception>
    public async Task<Response> RequestAsync(Request request)
    {
        Prepare(request);
        Response response;
        try
        {
            response = await HttpClient.MakeRequestAsync(request).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            throw ConnectionError(request, exception);
        }

        return Checked(response);
    }

    private void Prepare(Request request)
    {
        if (_username is not null && _password is not null) request.SetAuth(_username, _password);
        request.Region = Region ?? request.Region;
        request.Edge = Edge ?? request.Edge;
        request.UserAgentExtensions = UserAgentExtensions ?? request.UserAgentExtensions;
    }

    private static ApiConnectionException ConnectionError(Request request, Exception cause) =>
        new("Connection Error: " + request.Method + request.ConstructUrl(), cause);

    private static Response Checked(Response? response)
    {
        if (response is null) throw new ApiConnectionException("Connection Error: No response received.");
        if (response.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.BadRequest) return response;
        throw Refusal(response);
    }

    // An answer without a JSON object (an HTML page of a proxy, an empty 503) leaves Code and Status at 0, as officially:
    // who needs the HTTP status there must look at the transport.
    private static ApiException Refusal(Response response)
    {
        RestException? error = null;
        try
        {
            error = RestException.FromJson(response.Content);
        }
        catch (JsonException)
        {
            // not Twilio's error document; reported as text below
        }

        return error is null
            ? new ApiException($"Api Error: {response.StatusCode} - {response.Content ?? "[no content]"}")
            : new ApiException(
                error.Code,
                (int)response.StatusCode,
                error.HasMessage ? error.Message : "Unable to make request, " + response.StatusCode,
                error.MoreInfo,
                error.Details);
    }
}
