using System.Globalization;
using Azure.Core.Serialization;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Local;

/// <summary>Turns what a trigger brings into a parameter's type.</summary>
internal static class InputConversion
{
    /// <summary>Types that a route value, a query value or another piece of binding data can become.</summary>
    public static bool IsSimple(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsPrimitive || type.IsEnum || type == typeof(object) || type == typeof(string) || type == typeof(decimal) || type == typeof(Guid)
            || type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeSpan);
    }

    /// <summary>A piece of binding data as a simple type.</summary>
    public static object? FromBindingData(object? value, Type type)
    {
        Type target = Nullable.GetUnderlyingType(type) ?? type;
        if (value is null || target.IsInstanceOfType(value))
            return value;
        string text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        if (target == typeof(string))
            return text;
        if (target.IsEnum)
            return Enum.Parse(target, text, ignoreCase: true);
        if (target == typeof(Guid))
            return Guid.Parse(text);
        if (target == typeof(DateTimeOffset))
            return DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        if (target == typeof(DateOnly))
            return DateOnly.Parse(text, CultureInfo.InvariantCulture);
        return target == typeof(TimeSpan)
            ? TimeSpan.Parse(text, CultureInfo.InvariantCulture)
            : Convert.ChangeType(text, target, CultureInfo.InvariantCulture);
    }

    /// <summary>The trigger's own value: as it is if the type fits, else from text or bytes.</summary>
    public static async ValueTask<object?> FromTriggerAsync(object? value, Type type, ObjectSerializer serializer, CancellationToken cancellationToken)
    {
        if (value is null)
            return type.IsValueType ? Activator.CreateInstance(type) : null;
        if (type.IsInstanceOfType(value))
            return value;
        BinaryData? content = value switch
        {
            BinaryData data => data,
            QueueMessage message => message.Body,
            HttpRequestData request => await BinaryData.FromStreamAsync(request.Body, cancellationToken),
            string text => BinaryData.FromString(text),
            byte[] bytes => BinaryData.FromBytes(bytes),
            _ => null,
        };
        if (content is null)
            throw new FunctionInputConverterException($"A {value.GetType()} cannot become a {type}.");
        return await FromBytesAsync(content, type, serializer, cancellationToken);
    }

    private static async ValueTask<object?> FromBytesAsync(
        BinaryData content, Type type, ObjectSerializer serializer, CancellationToken cancellationToken)
    {
        if (type == typeof(string))
            return content.ToString();
        if (type == typeof(byte[]))
            return content.ToArray();
        if (type == typeof(ReadOnlyMemory<byte>))
            return content.ToMemory();
        if (type == typeof(BinaryData))
            return content;
        return type == typeof(Stream) ? content.ToStream() : await serializer.DeserializeAsync(content.ToStream(), type, cancellationToken);
    }
}
