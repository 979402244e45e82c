using System.Diagnostics.CodeAnalysis;
using Azure.Core.Serialization;
using Microsoft.DurableTask;

namespace LiveDesk.Local.Durable;

/// <summary>Durable data is written by the worker's serializer, as in the official extension.</summary>
internal sealed class SerializerDataConverter(ObjectSerializer serializer) : DataConverter
{
    [return: NotNullIfNotNull(nameof(value))]
    public override string? Serialize(object? value) => value is null ? null : serializer.Serialize(value, value.GetType(), default).ToString();

    public override object? Deserialize(string? data, Type targetType)
    {
        if (data is null)
            return null;
        using Stream stream = BinaryData.FromString(data).ToStream();
        return serializer.Deserialize(stream, targetType, default);
    }
}
