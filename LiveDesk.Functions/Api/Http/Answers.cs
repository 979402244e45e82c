using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Http;

/// <summary>Responses of the API.</summary>
internal static class Answers
{
    private const string CurrentTag = "LiveDesk.CurrentTag";

    public static async Task<HttpResponseData> JsonAsync<T>(
        this HttpRequestData request, T body, HttpStatusCode status = HttpStatusCode.OK, string? version = null, string? location = null)
    {
        HttpResponseData response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", "application/json; charset=utf-8");
        if (version is not null) response.Headers.Add("ETag", Etag(version));
        if (location is not null) response.Headers.Add("Location", location);
        await response.WriteBytesAsync(JsonSerializer.SerializeToUtf8Bytes(body, ApiJson.Options));
        return response;
    }

    public static HttpResponseData Empty(this HttpRequestData request) => request.CreateResponse(HttpStatusCode.NoContent);

    /// <summary>A refusal as <c>application/problem+json</c> (RFC 9457).</summary>
    public static async Task<HttpResponseData> ProblemAsync(this HttpRequestData request, Refusal refusal)
    {
        HttpStatusCode status = refusal.Status();
        HttpResponseData response = request.CreateResponse(status);
        response.Headers.Add("Content-Type", "application/problem+json; charset=utf-8");
        if (status == HttpStatusCode.ServiceUnavailable) response.Headers.Add("Retry-After", "5");
        if (status == HttpStatusCode.PreconditionFailed && request.FunctionContext.Items.TryGetValue(CurrentTag, out object? tag))
            response.Headers.Add("ETag", (string)tag);
        if (status == HttpStatusCode.Unauthorized) response.Headers.Add("WWW-Authenticate", "Bearer");
        var problem = new Problem(
            $"https://livedesk.dev/problems/{refusal.Code}", refusal.Code.Replace('_', ' '), (int)status, refusal.Code, refusal.Message, refusal.Errors);
        await response.WriteBytesAsync(JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Options));
        return response;
    }

    /// <summary>A strong entity tag of a stored version.</summary>
    public static string Etag(string version) => $"\"{Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(version)).AsSpan(0, 10))}\"";

    /// <summary>Null if the request may go on; the refusal if its <c>If-Match</c> names another version. The problem then carries the current one.</summary>
    public static Refusal? Stale(this HttpRequestData request, string version)
    {
        if (!request.Headers.TryGetValues("If-Match", out IEnumerable<string>? values)) return null;
        string current = Etag(version);
        bool matches = values.SelectMany(v => v.Split(',')).Select(v => v.Trim()).Any(tag => tag == "*" || tag == current);
        if (matches) return null;
        request.FunctionContext.Items[CurrentTag] = current;
        return new Refusal(RefusalKind.Stale, "stale", "It has been changed since you read it. Read it again.");
    }

    /// <summary>
    /// The Functions host hands on no body whose length is not said (github.com/Azure/azure-functions-host/issues/4926): it would look like none.
    /// </summary>
    public static Refusal? LostBody(this HttpRequestData request) => request.Body is { CanSeek: true, Length: 0 } && request.Headers.Contains("Transfer-Encoding")
        ? new Refusal(RefusalKind.LengthRequired, "length_required", "Send the body with a Content-Length, not in chunks.")
        : null;

    public static HttpStatusCode Status(this Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Malformed => HttpStatusCode.BadRequest,
        RefusalKind.Unauthenticated => HttpStatusCode.Unauthorized,
        RefusalKind.Forbidden => HttpStatusCode.Forbidden,
        RefusalKind.NotFound => HttpStatusCode.NotFound,
        RefusalKind.Conflict => HttpStatusCode.Conflict,
        RefusalKind.Gone => HttpStatusCode.Gone,
        RefusalKind.Stale => HttpStatusCode.PreconditionFailed,
        RefusalKind.LengthRequired => HttpStatusCode.LengthRequired,
        RefusalKind.TooLarge => HttpStatusCode.RequestEntityTooLarge,
        RefusalKind.UnsupportedMedia => HttpStatusCode.UnsupportedMediaType,
        RefusalKind.Rule => HttpStatusCode.UnprocessableEntity,
        _ => HttpStatusCode.ServiceUnavailable,
    };

    public static Task<HttpResponseData> PageAsync<T>(this HttpRequestData request, Result<ListView<T>> page) =>
        page.Refusal is { } refusal ? request.ProblemAsync(refusal) : request.JsonAsync(page.Value);

    private sealed record Problem(string Type, string Title, int Status, string Code, string Detail, IReadOnlyList<FieldError> Errors);
}

/// <summary>A page of a list.</summary>
internal sealed record ListView<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>What a list request asks for.</summary>
internal sealed record Paging(int Limit, string? Cursor)
{
    private const int Standard = 50;
    private const int Maximum = 200;

    public static Result<Paging> Of(HttpRequestData request)
    {
        string? limit = request.Query["limit"];
        int number = Standard;
        if (limit is not null && (!int.TryParse(limit, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out number)
            || number is < 1 or > Maximum))
            return Refusal.Malformed("limit", $"1 to {Maximum}.");
        return new Paging(number, request.Query["cursor"] is { Length: > 0 } cursor ? cursor : null);
    }

    /// <summary>A page of a list that is short enough to be read whole; the cursor is the key of the last item given.</summary>
    /// <param name="list">Tells the cursors of one list from those of others.</param>
    /// <param name="sorted">By <paramref name="key"/>, ordinally.</param>
    public Result<ListView<T>> Of<T>(string list, IEnumerable<T> sorted, Func<T, string> key) => PlaceIn(list).Then(place =>
    {
        T[] rest = [.. sorted.SkipWhile(item => place is not null && string.CompareOrdinal(key(item), place) <= 0).Take(Limit + 1)];
        return rest.Length <= Limit ? new ListView<T>(rest, null) : new ListView<T>(rest[..Limit], CursorOf(list, key(rest[Limit - 1])));
    });

    /// <summary>Behind which key to go on; null: from the beginning. A cursor of another list is refused.</summary>
    public Result<string?> PlaceIn(string list)
    {
        if (Cursor is null) return new Result<string?>(null as string);
        try
        {
            string place = Cursors.Decode(Cursor);
            if (place.StartsWith($"{list}:", StringComparison.Ordinal)) return place[(list.Length + 1)..];
        }
        catch (FormatException)
        {
            // Told below.
        }
        return Refusal.Malformed("cursor", "Not a cursor of this list.");
    }

    public static string CursorOf(string list, string key) => Cursors.Encode($"{list}:{key}");
}
