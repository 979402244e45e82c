using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.Meta;

/// <summary>What the Graph API answered.</summary>
/// <param name="Body">Null if the answer was no JSON object.</param>
/// <param name="Error">Null on success.</param>
internal sealed record GraphAnswer(HttpStatusCode Status, JsonElement? Body, GraphError? Error, TimeSpan? RetryAfter)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300 && Error is null;
}

/// <summary>Meta decides by <paramref name="Code"/>; titles, subcodes and HTTP statuses vary between editions.</summary>
internal sealed record GraphError(int Code, int? Subcode, bool IsTransient, string Message)
{
    public static GraphError? Of(JsonElement body)
    {
        if (body.Object("error") is not { } error || error.Integer("code") is not { } code) return null;
        string words = error.Object("error_data")?.Text("details") ?? error.Text("message") ?? "no reason given";
        return new GraphError(code, error.Integer("error_subcode"), error.Flag("is_transient"), words);
    }
}

/// <summary>Meta's Graph API with the token of one channel, and what its failures mean.</summary>
/// <param name="baseUrl">Null: Meta's own. One that ends in a version (<c>/v24.0</c>) chooses the version.</param>
internal sealed partial class GraphApi(HttpClient client, TimeProvider time, Uri? baseUrl, string version)
{
    private const string Official = "https://graph.facebook.com";

    private readonly string _root = Root((baseUrl?.AbsoluteUri ?? Official).TrimEnd('/'), version);

    public Task<GraphAnswer> GetAsync(string path, GraphCredentials credentials, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Get, path, null, credentials, cancellationToken);

    public Task<GraphAnswer> PostAsync(string path, JsonObject body, GraphCredentials credentials, CancellationToken cancellationToken) =>
        CallAsync(HttpMethod.Post, path, body, credentials, cancellationToken);

    /// <summary>Posts a message; never throws for what a network may do.</summary>
    /// <param name="id">Reads the message's id from the answer.</param>
    /// <param name="refused">What an error code means.</param>
    public async Task<SendOutcome> SendAsync(
        string path, JsonObject body, GraphCredentials credentials, Func<JsonElement, string?> id, Func<GraphError, TimeSpan?, SendOutcome> refused,
        CancellationToken cancellationToken)
    {
        try
        {
            GraphAnswer answer = await PostAsync(path, body, credentials, cancellationToken);
            return answer.IsSuccess
                ? Accepted(answer, id)
                : Outcome(answer, refused);
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            return ProviderHttp.WithoutAnswer(e);
        }
    }

    private static SendOutcome Accepted(GraphAnswer answer, Func<JsonElement, string?> id) =>
        answer.Body is { } body && id(body) is { Length: > 0 } accepted
            ? new SendOutcome.Accepted(accepted)
            : new SendOutcome.Ambiguous("Meta answered without a message id.");

    private static SendOutcome Outcome(GraphAnswer answer, Func<GraphError, TimeSpan?, SendOutcome> refused)
    {
        int status = (int)answer.Status;
        string reason = $"Meta answered {status}.";
        if (answer.Error is { } error)
            return error.IsTransient || status == 429
                ? new SendOutcome.NotTaken(answer.RetryAfter, $"Meta {status} ({error.Code}): {error.Message}")
                : refused(error, answer.RetryAfter);
        if (status == 429) return new SendOutcome.NotTaken(answer.RetryAfter, reason);
        if (status >= 500) return new SendOutcome.ServerError(answer.RetryAfter, reason);
        return new SendOutcome.Refused(new DeliveryFailure("provider_refused", null, reason), ChannelBroken: status == 401);
    }

    private async Task<GraphAnswer> CallAsync(
        HttpMethod method, string path, JsonObject? body, GraphCredentials credentials, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, $"{_root}/{path}{(path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{credentials.Query}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credentials.AccessToken);
        if (body is not null) request.Content = JsonContent.Create(body);
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        using JsonDocument? document = JsonReading.Document(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        JsonElement? json = document?.RootElement.Clone();
        return new GraphAnswer(response.StatusCode, json, json is { } read ? GraphError.Of(read) : null, RetryAfter(response));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) =>
        ProviderHttp.RetryAfter(response, time.GetUtcNow())
        ?? (response.Headers.TryGetValues("x-business-use-case-usage", out IEnumerable<string>? usage) ? Regained(usage.First()) : null);

    /// <summary>Minutes until the business may call again, the longest of all its limits.</summary>
    private static TimeSpan? Regained(string usage)
    {
        using JsonDocument? document = JsonReading.Document(System.Text.Encoding.UTF8.GetBytes(usage));
        if (document is null) return null;
        int minutes = document.RootElement.EnumerateObject()
            .Where(account => account.Value.ValueKind == JsonValueKind.Array)
            .SelectMany(account => account.Value.EnumerateArray())
            .Max(limit => limit.Integer("estimated_time_to_regain_access")) ?? 0;
        return minutes > 0 ? TimeSpan.FromMinutes(minutes) : null;
    }

    private static string Root(string address, string version) => Version().IsMatch(address) ? address : $"{address}/{version}";

    [GeneratedRegex(@"/v\d+\.\d+$")]
    private static partial Regex Version();
}

/// <summary>The token of a channel, and the proof that the desk knows the app's secret as well, which an app may demand.</summary>
internal sealed record GraphCredentials(string AccessToken, string? AppSecret)
{
    public string Query => AppSecret is null ? "" : $"appsecret_proof={MetaSignature.Proof(AppSecret, AccessToken)}";
}
