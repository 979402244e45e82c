using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Workspaces;

/// <summary>How the domain's records read as JSON: in rows, on queues and in the feed.</summary>
public static class DomainJson
{
    public static readonly JsonSerializerOptions Options = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Only for machines and never put into HTML: customers' letters stay one character each.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };
        options.Converters.Add(new E164Converter());
        options.Converters.Add(new IsoDurationConverter());
        options.Converters.Add(new UtcInstantConverter());
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private sealed class E164Converter : JsonConverter<E164>
    {
        public override E164 Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            E164.TryParse(reader.GetString(), out E164 number) ? number : throw new JsonException("Not an E.164 number.");

        public override void Write(Utf8JsonWriter writer, E164 value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
