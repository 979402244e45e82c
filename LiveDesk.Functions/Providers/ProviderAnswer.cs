using System.Net.Http.Headers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers;

/// <summary>How a JSON call to a provider ended.</summary>
/// <param name="Status">HTTP status; 0 if no answer came.</param>
/// <param name="Body">Of kind Undefined if it is no JSON.</param>
/// <param name="Failure">Why no answer came.</param>
internal sealed record ProviderAnswer(int Status, TimeSpan? RetryAfter, JsonElement Body, Exception? Failure = null)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>What 429, 5xx and silence mean for a message, the same for all providers; null if it was something else.</summary>
    public SendOutcome? Trouble(string provider) => this switch
    {
        { Failure: { } failure } => ProviderHttp.WithoutAnswer(failure),
        { Status: 429 } => new SendOutcome.NotTaken(RetryAfter, $"{provider} 429: too many requests."),
        { Status: >= 500 } => new SendOutcome.ServerError(RetryAfter, $"{provider} {Status}."),
        _ => null,
    };

    /// <summary>The refusal of a check of credentials that could not be made.</summary>
    public Refusal CannotBeAsked(string provider) =>
        new(RefusalKind.Unavailable, "provider_unavailable",
            $"{provider} could not be asked whether the credentials are good ({(Failure is null ? $"it answered {Status}" : "it did not answer")}). Try again.");
}

/// <summary>JSON calls over the one HTTP client.</summary>
internal static class ProviderCalls
{
    // Letters stay one character each: providers count the bytes of a request.
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static StringContent Json(JsonObject body) => new(body.ToJsonString(Relaxed), Encoding.UTF8, "application/json");

    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>Calls, and never throws for what a provider or a network may do.</summary>
    public static async Task<ProviderAnswer> AskAsync(this ProviderHttp http, HttpRequestMessage request, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            using HttpResponseMessage response = await http.Client.SendAsync(request, cancellationToken);
            byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            return new ProviderAnswer((int)response.StatusCode, ProviderHttp.RetryAfter(response, time.GetUtcNow()), JsonFields.Read(body));
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return new ProviderAnswer(0, null, default, e);
        }
    }
}
