using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Xml;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>JSON of the control API: camelCase, ISO 8601 durations; a member that nobody knows is refused.</summary>
public static class SimulatorJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase), new DurationConverter() },
    };

    /// <summary>Reads a control request.</summary>
    /// <exception cref="ControlException">A member is unknown or of the wrong kind.</exception>
    public static T Read<T>(this JsonObject request)
    {
        try
        {
            return request.Deserialize<T>(Options)!;
        }
        catch (JsonException exception)
        {
            throw new ControlException(400, exception.Message);
        }
    }

    public static JsonNode ToNode(object value) => JsonSerializer.SerializeToNode(value, value.GetType(), Options)!;

    public static JsonArray ToArray(IEnumerable<object> values) => new([.. values.Select(ToNode)]);

    private sealed class DurationConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            try
            {
                return XmlConvert.ToTimeSpan(reader.GetString() ?? string.Empty);
            }
            catch (FormatException)
            {
                throw new JsonException("A duration looks like PT1.5S.");
            }
        }

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) =>
            writer.WriteStringValue(XmlConvert.ToString(value));
    }
}
