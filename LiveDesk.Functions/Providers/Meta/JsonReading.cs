using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace LiveDesk.Functions.Providers.Meta;

/// <summary>
/// Reads members that may be absent, null or of another kind than documented: then there is nothing there, and the rest is still read.
/// </summary>
internal static partial class JsonReading
{
    // As milliseconds, this number is a day of 1973, before any message.
    private static readonly DateTimeOffset LatestSeconds = DateTimeOffset.FromUnixTimeSeconds(100_000_000_000);

    /// <summary>A document, or null if the bytes are no JSON object.</summary>
    public static JsonDocument? Document(ReadOnlyMemory<byte> body)
    {
        try
        {
            JsonDocument document = JsonDocument.Parse(JsonBytes.Clean(body));
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>An object below.</summary>
    public static JsonElement? Object(this JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Object } found ? found : null;

    /// <summary>The elements of an array below; none if there is no array.</summary>
    public static IEnumerable<JsonElement> Each(this JsonElement element, string name) =>
        Member(element, name) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    public static bool Has(this JsonElement element, string name) => Member(element, name) is not null;

    /// <summary>A text that is not empty; a number is read as it is written.</summary>
    public static string? Text(this JsonElement element, string name) => Member(element, name) switch
    {
        { ValueKind: JsonValueKind.String } text => NonEmpty(Unescaped(text)),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static bool Flag(this JsonElement element, string name) => Member(element, name) is { ValueKind: JsonValueKind.True };

    public static double? Number(this JsonElement element, string name) =>
        double.TryParse(element.Text(name), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : null;

    public static int? Integer(this JsonElement element, string name) =>
        int.TryParse(element.Text(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;

    /// <summary>Seconds since 1970, as text or number.</summary>
    public static DateTimeOffset? Seconds(this JsonElement element, string name) => Instant(element, name, TimeSpan.TicksPerSecond);

    /// <summary>Milliseconds since 1970, as text or number; some events come with seconds in their place.</summary>
    public static DateTimeOffset? Milliseconds(this JsonElement element, string name) =>
        Seconds(element, name) is { } seconds && seconds < LatestSeconds ? seconds : Instant(element, name, TimeSpan.TicksPerMillisecond);

    private static DateTimeOffset? Instant(JsonElement element, string name, long ticksPerUnit) =>
        long.TryParse(element.Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out long units)
        && units <= (DateTimeOffset.MaxValue - DateTimeOffset.UnixEpoch).Ticks / ticksPerUnit
            ? DateTimeOffset.UnixEpoch.AddTicks(units * ticksPerUnit)
            : null;

    private static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null
            ? found
            : null;

    private static string? NonEmpty(string text) => text.Length == 0 ? null : text;

    private static string Unescaped(JsonElement text)
    {
        try
        {
            return text.GetString()!.Replace("\0", "", StringComparison.Ordinal);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: a phone cut an emoji in two. The rest of the text is worth keeping.
            return JsonSerializer.Deserialize<string>(LoneSurrogate().Replace(text.GetRawText(), "\\ufffd"))!.Replace("\0", "", StringComparison.Ordinal);
        }
    }

    [GeneratedRegex("""\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})|(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}""")]
    private static partial Regex LoneSurrogate();
}
