using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables.Serialization;

/// <summary>An entity from the service's JSON (minimal metadata).</summary>
internal static class EntityReader
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    internal static T Read<T>(JsonElement json)
        where T : class, ITableEntity
    {
        var values = ReadValues(json);
        if (typeof(T) == typeof(TableEntity)) return (T)(ITableEntity)new TableEntity(values);

        var entity = Activator.CreateInstance<T>();
        if (values.TryGetValue(PropertyNames.ODataETag, out object? etag)) entity.ETag = new ETag((string)etag!);
        foreach (var (name, property) in EntityShape.Of(typeof(T)).Members)
        {
            if (property.CanWrite && name != PropertyNames.ETag && values.TryGetValue(name, out object? value))
                property.SetValue(entity, value is null ? null : Convert(name, value, Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType));
        }
        return entity;
    }

    private static Dictionary<string, object?> ReadValues(JsonElement json)
    {
        var values = new Dictionary<string, object?>();
        foreach (var property in json.EnumerateObject())
        {
            if (property.Name.EndsWith(PropertyNames.TypeSuffix, StringComparison.Ordinal)
                || (property.Name.StartsWith("odata.", StringComparison.Ordinal) && property.Name != PropertyNames.ODataETag))
                continue;
            string? type = json.TryGetProperty(property.Name + PropertyNames.TypeSuffix, out var annotation) ? annotation.GetString()
                : property.Name == PropertyNames.Timestamp ? EdmType.DateTime
                : null;
            values[property.Name] = ReadValue(property.Value, type);
        }
        return values;
    }

    private static object? ReadValue(JsonElement value, string? type) => (value.ValueKind, type) switch
    {
        (JsonValueKind.Null, _) => null,
        (JsonValueKind.True or JsonValueKind.False, _) => value.GetBoolean(),
        (JsonValueKind.Number, EdmType.Double) => value.GetDouble(),
        (JsonValueKind.Number, EdmType.Int64) => value.GetInt64(),
        (JsonValueKind.Number, _) => value.TryGetInt32(out int number) ? (object)number : value.GetDouble(),
        (_, null or EdmType.String) => value.GetString(),
        (_, EdmType.Int64) => long.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        (_, EdmType.Int32) => int.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        (_, EdmType.Double) => double.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        (_, EdmType.Boolean) => bool.Parse(value.GetString()!),
        (_, EdmType.Guid) => Guid.Parse(value.GetString()!),
        (_, EdmType.Binary) => value.GetBytesFromBase64(),
        (_, EdmType.DateTime) => DateTimeOffset.Parse(value.GetString()!, CultureInfo.InvariantCulture, Utc),
        _ => throw new NotSupportedException($"The service sent a value of the unknown type '{type}'."),
    };

    private static object Convert(string name, object value, Type target) => value switch
    {
        _ when target.IsInstanceOfType(value) => value,
        string text when target.IsEnum => Enum.Parse(target, text),
        DateTimeOffset instant when target == typeof(DateTime) => instant.UtcDateTime,
        byte[] bytes when target == typeof(BinaryData) => BinaryData.FromBytes(bytes),
        int number when target == typeof(double) => (double)number,
        int number when target == typeof(long) => (long)number,
        _ => throw new InvalidOperationException($"Property '{name}' is stored as a {value.GetType()} and cannot be read as a {target}."),
    };
}
