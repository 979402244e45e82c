using System.Text.Json;
using System.Text.Json.Serialization;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Api.Http;

/// <summary>
/// Enumerations by exactly their names on the wire. The framework's own converter also reads other cases, surrounding white space and lists
/// (<c>admin,agent</c>), whose bits it joins to a third value.
/// </summary>
internal sealed class StrictEnumConverter : JsonConverterFactory
{
    public override bool CanConvert(Type typeToConvert) => typeToConvert.IsEnum;

    public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) =>
        (JsonConverter)Activator.CreateInstance(typeof(Strict<>).MakeGenericType(typeToConvert))!;

    private sealed class Strict<T> : JsonConverter<T> where T : struct, Enum
    {
        private static readonly Dictionary<string, T> Values = Enum.GetValues<T>().ToDictionary(Name, StringComparer.Ordinal);

        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && Values.TryGetValue(reader.GetString()!, out T value)
                ? value
                : throw new JsonException($"Must be one of: {string.Join(", ", Values.Keys)}.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(Name(value));

        private static string Name(T value) => JsonSerializer.SerializeToElement(value, DomainJson.Options).GetString()!;
    }
}
