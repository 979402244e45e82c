using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Twilio.Types;
using HttpMethod = Twilio.Http.HttpMethod;

namespace Twilio.Json;

/// <summary>Reads an enumeration's text, known or not.</summary>
internal sealed class StringEnumConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsSubclassOf(typeof(StringEnum));

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Of<>).MakeGenericType(typeToConvert))!;

    private sealed class Of<T> : ReadOnlyConverter<T>
        where T : StringEnum, new()
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            T value = new();
            value.FromString(reader.GetString());
            return value;
        }
    }
}

internal sealed class PhoneNumberConverter : ReadOnlyConverter<PhoneNumber>
{
    public override PhoneNumber? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } number ? new PhoneNumber(number) : null;
}

internal sealed class HttpMethodConverter : ReadOnlyConverter<HttpMethod>
{
    public override HttpMethod? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } method ? new HttpMethod(method) : null;
}

/// <summary>Reads RFC 2822 dates (2010 API; a local time results) and ISO 8601 ones (v1 APIs; UTC).</summary>
internal sealed class DateConverter : ReadOnlyConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTime.TryParse(reader.GetString(), CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime date)
            ? date
            : throw new JsonException("Not a date.");
}

/// <summary>Reads text, also where Twilio sends a bare number or boolean.</summary>
internal sealed class TextConverter : ReadOnlyConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False => Encoding.UTF8.GetString(reader.ValueSpan),
        _ => throw new JsonException("Text expected."),
    };
}

internal abstract class ReadOnlyConverter<T> : JsonConverter<T>
{
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        throw new NotSupportedException("Resources are only read.");
}
