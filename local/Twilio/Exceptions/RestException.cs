using System.Text.Json;

namespace Twilio.Exceptions;

/// <summary>Twilio's error document: <c>{"code":21211,"message":"...","more_info":"...","status":400}</c>.</summary>
public class RestException : TwilioException
{
    private string? _message;

    public int Code { get; private set; }

    public int Status { get; private set; }

    public override string Message => _message ?? string.Empty;

    public string? MoreInfo { get; private set; }

    public Dictionary<string, object>? Details { get; private set; }

    internal bool HasMessage => _message is not null;

    /// <summary>Reads the document.</summary>
    /// <returns>Null if the text is empty or the JSON <c>null</c>.</returns>
    /// <exception cref="JsonException">It is no JSON object.</exception>
    public static RestException? FromJson(string? json)
    {
        if (string.IsNullOrWhiteSpace(json)) return null;
        using JsonDocument document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        if (root.ValueKind == JsonValueKind.Null) return null;
        if (root.ValueKind != JsonValueKind.Object) throw new JsonException("An error document is a JSON object.");
        return new RestException
        {
            Code = Number(root, "code"),
            Status = Number(root, "status"),
            _message = Text(root, "message"),
            MoreInfo = Text(root, "more_info"),
            Details = root.TryGetProperty("details", out JsonElement details) && details.ValueKind == JsonValueKind.Object
                ? details.EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value.Clone())
                : null,
        };
    }

    private static int Number(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out JsonElement value)) return 0;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number)) return number;
        return value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), out number)
            ? number
            : throw new JsonException($"'{name}' is not an integer.");
    }

    private static string? Text(JsonElement root, string name) => !root.TryGetProperty(name, out JsonElement value)
        ? null
        : value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            JsonValueKind.Object or JsonValueKind.Array => throw new JsonException($"'{name}' is not text."),
            _ => value.GetRawText(),
        };
}
