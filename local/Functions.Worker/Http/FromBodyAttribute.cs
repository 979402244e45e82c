namespace Microsoft.Azure.Functions.Worker.Converters
{
    /// <summary>Names the converter of a parameter. This host knows only the one of FromBody.</summary>
    [AttributeUsage(AttributeTargets.Parameter)]
    public class InputConverterAttribute(Type converterType) : Attribute
    {
        /// <summary>The converter.</summary>
        public Type ConverterType { get; } = converterType;
    }
}

namespace Microsoft.Azure.Functions.Worker.Http
{
    /// <summary>Gives a parameter the request's body, read through the worker's serializer.</summary>
    public class FromBodyAttribute() : Converters.InputConverterAttribute(typeof(LiveDesk.Local.InputConversion));
}
