using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveDesk.Functions.Providers;

/// <summary>
/// Reads what a provider wrote without taking its word for any shape: a member that is missing, null or of another kind is absent. Numbers are
/// read as text, so that 64-bit ids keep all their digits.
/// </summary>
internal static partial class JsonFields
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <returns>An element of kind Undefined if the bytes are no JSON.</returns>
    public static JsonElement Read(ReadOnlyMemory<byte> json)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(JsonBytes.Clean(json), Options);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <returns>An element of kind Undefined if there is no such member.</returns>
    public static JsonElement Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null
            ? value
            : default;

    public static bool Has(this JsonElement element, string name) => element.Member(name).ValueKind != JsonValueKind.Undefined;

    /// <summary>A string or number as text; null if absent or empty.</summary>
    public static string? Text(this JsonElement element, string name) => element.Member(name).AsText();

    public static string? AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String when Characters(element) is { Length: > 0 } text => text,
        JsonValueKind.Number => element.GetRawText(),
        _ => null,
    };

    public static double? Number(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    public static bool IsTrue(this JsonElement element, string name) => element.Member(name).ValueKind == JsonValueKind.True;

    /// <summary>The elements of an array, or the one element that stands in its place.</summary>
    public static IReadOnlyList<JsonElement> Items(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Array => [.. element.EnumerateArray()],
        JsonValueKind.Undefined or JsonValueKind.Null => [],
        _ => [element],
    };

    /// <summary>Unix time in seconds or milliseconds, told apart by size; null if no date of this age.</summary>
    public static DateTimeOffset? UnixTime(this JsonElement element, string name)
    {
        if (!long.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long time)) return null;
        if (time < 100_000_000_000) time *= 1000;
        return time is > 0 and < 10_000_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
    }

    // Phones send half an emoji and zero characters; neither may cost the message, and storage takes neither.
    private static string Characters(JsonElement element)
    {
        string? text;
        try
        {
            text = element.GetString();
        }
        catch (InvalidOperationException)
        {
            text = JsonSerializer.Deserialize<string>(LoneSurrogate().Replace(element.GetRawText(), @"\ufffd"));
        }
        return text!.Replace("\0", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}")]
    private static partial Regex LoneSurrogate();
}
