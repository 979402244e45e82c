using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Serialization;

/// <summary>An entity as JSON for the service.</summary>
internal static class EntityWriter
{
    /// <remarks>One line of ASCII: Azurite takes only the first line of an entity in a transaction.</remarks>
    internal static BinaryData Write(ITableEntity entity)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (name, value) in PropertiesOf(entity))
            {
                // The service sets both; sending them back would be refused or ignored.
                if (name is PropertyNames.Timestamp or PropertyNames.ETag or PropertyNames.ODataETag) continue;
                WriteProperty(json, name, value);
            }
            json.WriteEndObject();
        }
        return new BinaryData(stream.ToArray());
    }

    /// <summary>The service's text for an instant: UTC, 100 ns.</summary>
    internal static string Instant(DateTimeOffset value) => value.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Name, object? Value)> PropertiesOf(ITableEntity entity) => entity is IDictionary<string, object?> dictionary
        ? dictionary.Select(pair => (pair.Key, pair.Value))
        : EntityShape.Of(entity.GetType()).Members.Where(member => member.Property.CanRead).Select(member => (member.Name, member.Property.GetValue(entity)));

    private static void WriteProperty(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            // The service takes a null as a property that was not sent.
            case null: json.WriteNull(name); break;
            case string text: json.WriteString(name, text); break;
            case bool truth: json.WriteBoolean(name, truth); break;
            case int number: json.WriteNumber(name, number); break;
            case Enum member: json.WriteString(name, member.ToString()); break;
            case long number: Annotated(json, name, EdmType.Int64, number.ToString(CultureInfo.InvariantCulture)); break;
            case Guid id: Annotated(json, name, EdmType.Guid, id.ToString()); break;
            case DateTimeOffset instant: Annotated(json, name, EdmType.DateTime, Instant(instant)); break;
            case DateTime { Kind: DateTimeKind.Utc } instant: Annotated(json, name, EdmType.DateTime, Instant(instant)); break;
            case DateTime instant:
                throw new NotSupportedException($"DateTime {instant} of property '{name}' has a Kind of {instant.Kind}; only UTC can be stored.");
            case byte[] bytes: Annotated(json, name, EdmType.Binary, Convert.ToBase64String(bytes)); break;
            case BinaryData data: Annotated(json, name, EdmType.Binary, Convert.ToBase64String(data.ToMemory().Span)); break;
            case double number: WriteDouble(json, name, number); break;
            default: throw new NotSupportedException($"Property '{name}' is a {value.GetType()}, which has no type in the Table service.");
        }
    }

    private static void WriteDouble(Utf8JsonWriter json, string name, double number)
    {
        if (double.IsFinite(number))
        {
            json.WriteString(name + PropertyNames.TypeSuffix, EdmType.Double);
            json.WriteNumber(name, number);
        }
        else
        {
            // JSON has no such numbers: OData writes NaN, Infinity and -Infinity as text.
            Annotated(json, name, EdmType.Double, number.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Annotated(Utf8JsonWriter json, string name, string type, string text)
    {
        json.WriteString(name + PropertyNames.TypeSuffix, type);
        json.WriteString(name, text);
    }
}
