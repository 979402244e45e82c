using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;

namespace Twilio.Http;

/// <summary>The transport over <see cref="System.Net.Http.HttpClient"/>. It follows no redirect and keeps that client's time-out.</summary>
public class SystemNetHttpClient : HttpClient
{
    private readonly System.Net.Http.HttpClient _client;

    /// <summary>Creates the transport.</summary>
    /// <param name="httpClient">Client to send with, of which the caller stays the owner; a new one when null.</param>
    public SystemNetHttpClient(System.Net.Http.HttpClient? httpClient = null) =>
        _client = httpClient ?? new System.Net.Http.HttpClient(new HttpClientHandler { AllowAutoRedirect = false });

    public override Response MakeRequest(Request request) =>
        Task.Run(() => MakeRequestAsync(request)).GetAwaiter().GetResult();

    public override async Task<Response> MakeRequestAsync(Request request)
    {
        using HttpRequestMessage message = Message(request);
        LastRequest = request;
        LastResponse = null;
        using HttpResponseMessage answer = await _client.SendAsync(message).ConfigureAwait(false);
        string content = await answer.Content.ReadAsStringAsync().ConfigureAwait(false);
        Response response = new(answer.StatusCode, content, answer.Headers);
        LastResponse = response;
        return response;
    }

    private HttpRequestMessage Message(Request request)
    {
        HttpRequestMessage message = new(new System.Net.Http.HttpMethod(request.Method.ToString()), request.ConstructUrl());
        if (!Equals(request.Method, HttpMethod.Get)) message.Content = Content(request);
        if (request.Username is not null && request.Password is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Authentication(request.Username, request.Password));
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        message.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("utf-8"));
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent(request.UserAgentExtensions));
        foreach (KeyValuePair<string, string> header in request.HeaderParams)
            message.Headers.TryAddWithoutValidation(header.Key, header.Value);
        return message;
    }

    private static HttpContent Content(Request request) => request.Body is null
        ? new FormUrlEncodedContent(request.PostParams)
        : new StringContent(request.Body, Encoding.UTF8, "application/json");

    private static string UserAgent(string[]? extensions)
    {
        string framework = RuntimeInformation.FrameworkDescription.Replace(' ', '/');
        string agent = $"twilio-csharp/7.14.0 ({Environment.OSVersion.Platform} {RuntimeInformation.OSArchitecture}) {framework}";
        return string.Join(' ', [agent, .. extensions ?? []]);
    }
}
