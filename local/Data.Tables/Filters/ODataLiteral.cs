using System.Globalization;
using System.Xml;

namespace Azure.Data.Tables.Filters;

/// <summary>A value as it stands in a filter.</summary>
internal static class ODataLiteral
{
    internal static string Quote(string text) => "'" + Escape(text) + "'";

    internal static string Escape(string text) => text.Replace("'", "''", StringComparison.Ordinal);

    internal static string Of(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string or char or Enum => Quote(value.ToString()!),
        long or ulong => Invariant(value) + "L",
        sbyte or byte or short or ushort or int or uint or float or double or decimal => Invariant(value),
        Guid id => $"guid'{id}'",
        DateTimeOffset instant => Instant(instant.UtcDateTime),
        DateTime instant => Instant(instant.ToUniversalTime()),
        byte[] bytes => $"X'{Convert.ToHexString(bytes)}'",
        BinaryData data => $"X'{Convert.ToHexString(data.ToMemory().Span)}'",
        _ => throw new ArgumentException($"A {value.GetType()} has no form in a filter.", nameof(value)),
    };

    /// <summary>The text of an interpolated filter, its values quoted and escaped.</summary>
    internal static string Format(FormattableString filter) =>
        string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(Of)]);

    private static string Instant(DateTime utc) => $"datetime'{XmlConvert.ToString(utc, XmlDateTimeSerializationMode.RoundtripKind)}'";

    private static string Invariant(object value) => Convert.ToString(value, CultureInfo.InvariantCulture)!;
}
