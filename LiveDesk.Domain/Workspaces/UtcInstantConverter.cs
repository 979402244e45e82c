using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveDesk.Domain.Workspaces;

/// <summary>
/// Instants as RFC 3339 in UTC: <c>2026-03-29T01:30:00Z</c>, with as many decimals as there are. Any offset is read, with any number of decimals; none
/// is refused.
/// </summary>
/// <param name="milliseconds">Written to the millisecond, the rest cut off, as everything that leaves the desk.</param>
public sealed class UtcInstantConverter(bool milliseconds = false) : JsonConverter<DateTimeOffset>
{
    private const string Exact = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";
    private const string Milliseconds = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out DateTimeOffset instant)
            ? instant
            : throw new JsonException("Must be an instant with its offset, such as 2026-03-29T01:30:00Z.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(milliseconds ? Text(value) : value.UtcDateTime.ToString(Exact, CultureInfo.InvariantCulture));

    /// <summary>As it leaves the desk: <c>2026-03-29T01:30:00Z</c>, or <c>2026-03-29T01:30:00.250Z</c> between two seconds.</summary>
    public static string Text(DateTimeOffset value) =>
        value.UtcDateTime.ToString(value.UtcDateTime.Millisecond == 0 ? Seconds : Milliseconds, CultureInfo.InvariantCulture);

    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        bool hasOffset = text is { Length: >= 20 and <= 40 } && text[10] is ('T' or 't') && (text[^1] is 'Z' or 'z' || text[^6] is '+' or '-');
        if (!hasOffset || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset read)) return false;
        instant = read.ToUniversalTime();
        return true;
    }
}
