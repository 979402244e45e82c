using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Xml;

namespace LiveDesk.Domain.Workspaces;

/// <summary>
/// Durations as ISO 8601 with weeks, days, hours, minutes and seconds: <c>PT30S</c>, <c>P7D</c>, <c>P1W</c>. Months and years have no fixed length and
/// are refused. Weeks are written as days.
/// </summary>
public sealed partial class IsoDurationConverter : JsonConverter<TimeSpan>
{
    public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryParse(reader.GetString(), out TimeSpan duration)
            ? duration
            : throw new JsonException("Must be an ISO 8601 duration, such as PT30S or P7D.");

    public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteStringValue(XmlConvert.ToString(value));

    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        if (text is null || text.Length > 40 || !text.StartsWith('P') || text.Contains('Y', StringComparison.Ordinal)
            || text.Any(char.IsWhiteSpace)) return false;
        string date = text.Split('T')[0];
        if (date.Contains('M', StringComparison.Ordinal)) return false;
        try
        {
            // Weeks are in ISO 8601, but not in XML's durations.
            Match weeks = Weeks().Match(text);
            if (weeks.Success) text = weeks.Groups["rest"].Length == 0 ? "PT0S" : $"P{weeks.Groups["rest"].Value}";
            TimeSpan rest = XmlConvert.ToTimeSpan(text);
            duration = weeks.Success ? TimeSpan.FromDays(7d * int.Parse(weeks.Groups["weeks"].Value, CultureInfo.InvariantCulture)) + rest : rest;
            return true;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }

    [GeneratedRegex("^P(?<weeks>[0-9]{1,9})W(?<rest>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Weeks();
}
