using System.Text.Json;
using System.Text.Json.Serialization;

namespace LiveDesk.Domain.Workspaces;

/// <summary>An identifier that is text on the wire and a type of its own in the code.</summary>
public interface IStringId<TSelf> where TSelf : struct, IStringId<TSelf>
{
    string Value { get; }

    static abstract bool TryParse(string? text, out TSelf id);
}

/// <summary>Writes an identifier as its plain text and refuses text that is none.</summary>
public sealed class StringIdConverter<TId> : JsonConverter<TId> where TId : struct, IStringId<TId>
{
    public override TId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TId.TryParse(reader.GetString(), out TId id) ? id : throw new JsonException($"Not a valid {typeof(TId).Name}.");

    public override void Write(Utf8JsonWriter writer, TId value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
