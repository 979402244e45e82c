using System.Text.Json;
using System.Text.Unicode;
using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Http;

/// <summary>JSON of the API: camel case, nulls written, instants to the millisecond, unknown and repeated fields refused by name.</summary>
internal static class ApiJson
{
    /// <summary>The largest JSON body, in bytes.</summary>
    public const int MaximumBody = 1024 * 1024;

    /// <summary>Said of a field that was given as null and cannot be.</summary>
    public const string NotNull = "Must not be null.";

    private const string HalfAPair = "A text holds half a surrogate pair, which is no character.";

    public static readonly JsonSerializerOptions Options = Create(new UtcInstantConverter(milliseconds: true));

    /// <summary>The same with instants as exact as they are, for what is kept.</summary>
    public static readonly JsonSerializerOptions Exact = Create(new UtcInstantConverter());

    /// <summary>Reads a body strictly; what is wrong with it is a refusal that names the field.</summary>
    public static async Task<Result<T>> ReadJsonAsync<T>(this HttpRequestData request, CancellationToken cancellationToken) where T : class
    {
        Result<JsonElement> body = await request.ReadElementAsync(cancellationToken);
        return body.Refusal is { } refusal ? refusal : Read<T>(body.Value);
    }

    /// <summary>Whether the body says that it is JSON.</summary>
    public static bool IsJson(this HttpRequestData request) =>
        request.Headers.TryGetValues("Content-Type", out IEnumerable<string>? values)
        && values.FirstOrDefault()?.Split(';')[0].Trim().ToLowerInvariant() is "application/json" or "application/merge-patch+json";

    /// <summary>Reads a body as a JSON object, for a partial change.</summary>
    public static async Task<Result<JsonElement>> ReadElementAsync(this HttpRequestData request, CancellationToken cancellationToken)
    {
        byte[]? body = await ReadBytesAsync(request.Body, cancellationToken);
        if (body is null) return new Refusal(RefusalKind.TooLarge, "body_too_large", $"The body may have {MaximumBody} bytes at the most.");
        if (body.Length > 0 && !request.IsJson())
            return new Refusal(RefusalKind.UnsupportedMedia, "unsupported_media_type", "The body must be application/json.");
        if (!Utf8.IsValid(body)) return Refusal.Malformed("$", "The body is not UTF-8.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                body.Length == 0 ? "{}"u8.ToArray() : body, new JsonDocumentOptions { MaxDepth = 32, AllowDuplicateProperties = false });
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Refusal.Malformed("$", "The body must be a JSON object.");
            return Unreadable(document.RootElement, "$") is { } path ? Refusal.Malformed(path, HalfAPair) : document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            return Refusal.Malformed(Field(e), Unreadable(e));
        }
        catch (InvalidOperationException)
        {
            // The look for duplicate names cannot read a name with half a surrogate pair.
            return Refusal.Malformed("$", HalfAPair);
        }
    }

    /// <summary>For an operation that needs nothing said: a body may be absent or an empty object.</summary>
    public static async Task<Refusal?> RefuseFieldsAsync(this HttpRequestData request, CancellationToken cancellationToken) =>
        (await request.ReadJsonAsync<NoFields>(cancellationToken)).Refusal;

    public static Result<T> Read<T>(JsonElement element) where T : class
    {
        try
        {
            return element.Deserialize<T>(Options) is { } value ? value : Refusal.Malformed("$", "The body must be a JSON object.");
        }
        catch (JsonException e)
        {
            return Refusal.Malformed(Field(e), Message(e));
        }
    }

    /// <summary>The path of a text that cannot be read: JSON may escape half a surrogate pair, which is no text.</summary>
    private static string? Unreadable(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String => IsText(element) ? null : path,
        JsonValueKind.Array => element.EnumerateArray().Select((item, index) => Unreadable(item, $"{path}[{index}]")).FirstOrDefault(p => p is not null),
        JsonValueKind.Object => element.EnumerateObject()
            .Select(field => Unreadable(field.Value, path == "$" ? field.Name : $"{path}.{field.Name}")).FirstOrDefault(p => p is not null),
        _ => null,
    };

    private static bool IsText(JsonElement element)
    {
        try
        {
            return element.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static async Task<byte[]?> ReadBytesAsync(Stream body, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream();
        byte[] chunk = new byte[16 * 1024];
        int read;
        while ((read = await body.ReadAsync(chunk, cancellationToken)) > 0)
        {
            if (buffer.Length + read > MaximumBody) return null;
            buffer.Write(chunk, 0, read);
        }
        return buffer.ToArray();
    }

    /// <summary><c>$.settings.greeting.text</c> becomes <c>settings.greeting.text</c>; an unknown or missing field is named in the message.</summary>
    private static string Field(JsonException e)
    {
        string path = e.Path is { Length: > 2 } text && text.StartsWith("$.", StringComparison.Ordinal) ? text[2..] : "";
        bool about = e.Message.Contains("could not be mapped", StringComparison.Ordinal) || e.Message.Contains("missing required", StringComparison.Ordinal)
            || e.Message.Contains("Duplicate property", StringComparison.Ordinal) || IsNull(e.Message);
        // A parameter of a constructor is named as in C#.
        string? named = about && Quoted(e.Message) is { } quoted ? IsNull(e.Message) ? JsonNamingPolicy.CamelCase.ConvertName(quoted) : quoted : null;
        if (named is not null && path != named && !path.EndsWith($".{named}", StringComparison.Ordinal)) path = path.Length == 0 ? named : $"{path}.{named}";
        return path.Length == 0 ? "$" : path;
    }

    /// <summary>What the parser says, without its advice to programmers, and where as editors count it.</summary>
    private static string Unreadable(JsonException e) =>
        e is { LineNumber: { } line, BytePositionInLine: { } at }
            ? $"The body is no valid JSON, line {line + 1}, byte {at + 1}: {e.Message.Split(" LineNumber:")[0].Replace(" Change the reader options.", "", StringComparison.Ordinal)}"
            : $"The field '{Quoted(e.Message)}' stands there twice.";

    /// <summary>Our own converters' words as they are; the serializer's, which speak to programmers and name types, in ours.</summary>
    private static string Message(JsonException e) => e.Message switch
    {
        var m when IsNull(m) => NotNull,
        var m when m.Contains("could not be mapped", StringComparison.Ordinal) => $"Unknown field '{Quoted(m)}'.",
        var m when m.Contains("missing required", StringComparison.Ordinal) => $"The field '{Quoted(m)}' is required.",
        var m when m.Contains("Path: $", StringComparison.Ordinal) => "The value has the wrong type or is none of the allowed ones.",
        var m => m,
    };

    private static bool IsNull(string message) => message.Contains("null values", StringComparison.Ordinal);

    private static string? Quoted(string message)
    {
        // "... for type 'Request' was missing required properties including: 'name', ..."
        int list = message.IndexOf("including:", StringComparison.Ordinal);
        int from = message.IndexOf('\'', Math.Max(list, 0));
        int to = from < 0 ? -1 : message.IndexOf('\'', from + 1);
        return to < 0 ? null : message[(from + 1)..to];
    }

    private static JsonSerializerOptions Create(UtcInstantConverter instants)
    {
        var options = new JsonSerializerOptions(DomainJson.Options)
        {
            DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.Never,
            UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Disallow,
            NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.Strict,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            AllowDuplicateProperties = false,
            PropertyNameCaseInsensitive = false,
            MaxDepth = 32,
        };
        options.Converters.Insert(0, new StrictEnumConverter());
        options.Converters.Insert(0, instants);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed record NoFields;
}
