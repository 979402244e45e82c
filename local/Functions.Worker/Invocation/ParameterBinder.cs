using System.Reflection;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Converters;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Local;

/// <summary>Decides, once per parameter, where its value comes from.</summary>
internal sealed class ParameterBinder(IReadOnlyList<IHostExtension> extensions)
{
    /// <summary>The binding, or why there is none.</summary>
    public (BoundParameter? Bound, string? Problem) Bind(FunctionMethod function, ParameterInfo parameter, Attribute trigger)
    {
        if (parameter.ParameterType.IsByRef)
            return (null, "is passed by reference");
        // Not by reference: reflection may hand out two objects for one parameter when several threads ask at once.
        if (parameter.Position == function.Trigger?.Position)
            return trigger is TimerTriggerAttribute && parameter.ParameterType != typeof(TimerInfo)
                ? (null, $"must be a {nameof(TimerInfo)}")
                : Bound(parameter, FromTrigger(parameter.ParameterType));
        if (parameter.ParameterType == typeof(FunctionContext))
            return Bound(parameter, (context, _) => ValueTask.FromResult<object?>(context));
        if (parameter.ParameterType == typeof(CancellationToken))
            return Bound(parameter, (context, _) => ValueTask.FromResult<object?>(context.CancellationToken));
        if (extensions.FirstOrDefault(extension => extension.CanBind(parameter)) is { } extension)
            return Bound(parameter, (context, _) => ValueTask.FromResult(extension.Bind(parameter, context)));
        return Unmarked(parameter, trigger);
    }

    private static (BoundParameter?, string?) Unmarked(ParameterInfo parameter, Attribute trigger)
    {
        if (parameter.GetCustomAttribute<BindingAttribute>() is { } binding)
            return (null, $"has the binding {binding.GetType().Name}, which this host does not know");
        if (parameter.GetCustomAttribute<InputConverterAttribute>() is { } converter)
            return converter is FromBodyAttribute && trigger is HttpTriggerAttribute
                ? Bound(parameter, FromTrigger(parameter.ParameterType))
                : (null, $"has {converter.GetType().Name}, which this host does not know here");
        if (trigger is HttpTriggerAttribute && parameter.ParameterType == typeof(HttpRequestData))
            return Bound(parameter, async (context, _) => await context.GetHttpRequestDataAsync());
        if (trigger is QueueTriggerAttribute && parameter.ParameterType == typeof(QueueMessage))
            return Bound(parameter, FromTrigger(parameter.ParameterType));
        return InputConversion.IsSimple(parameter.ParameterType) || parameter.HasDefaultValue
            ? Bound(parameter, FromBindingData(parameter))
            : (null, $"of type {parameter.ParameterType} has no binding");
    }

    private static (BoundParameter?, string?) Bound(ParameterInfo parameter, Func<FunctionContext, InvocationBindings, ValueTask<object?>> bind) =>
        (new BoundParameter(parameter.Name!, Naming(parameter, bind)), null);

    private static Func<FunctionContext, InvocationBindings, ValueTask<object?>> FromTrigger(Type type) =>
        (context, bindings) => InputConversion.FromTriggerAsync(bindings.TriggerValue, type, context.Serializer(), context.CancellationToken);

    private static Func<FunctionContext, InvocationBindings, ValueTask<object?>> FromBindingData(ParameterInfo parameter) => (context, _) =>
    {
        if (context.BindingContext.BindingData.TryGetValue(parameter.Name!, out object? value) && value is not null)
            return ValueTask.FromResult(InputConversion.FromBindingData(value, parameter.ParameterType));
        if (parameter.HasDefaultValue)
            return ValueTask.FromResult(parameter.DefaultValue);
        return parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null
            ? throw new FunctionInputConverterException($"There is no value for parameter '{parameter.Name}'.")
            : ValueTask.FromResult<object?>(null);
    };

    /// <summary>A failing conversion says which parameter it was.</summary>
    private static Func<FunctionContext, InvocationBindings, ValueTask<object?>> Naming(
        ParameterInfo parameter, Func<FunctionContext, InvocationBindings, ValueTask<object?>> bind) => async (context, bindings) =>
    {
        try
        {
            return await bind(context, bindings);
        }
        catch (Exception e) when (e is not (OperationCanceledException or FunctionInputConverterException))
        {
            throw new FunctionInputConverterException(
                $"Parameter '{parameter.Name}' of '{context.FunctionDefinition.Name}' cannot become a {parameter.ParameterType}: {e.Message}", e);
        }
    };
}
