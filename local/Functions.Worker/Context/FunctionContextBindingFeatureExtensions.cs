using LiveDesk.Local;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Inputs, outputs and the result of an invocation, for middleware.</summary>
public static class FunctionContextBindingFeatureExtensions
{
    /// <summary>Binds an input before the function runs; the function then gets this value.</summary>
    public static async ValueTask<InputBindingData<T>> BindInputAsync<T>(this FunctionContext context, BindingMetadata bindingMetadata)
    {
        ArgumentNullException.ThrowIfNull(bindingMetadata);
        InvocationBindings bindings = Bindings(context);
        return new Input<T>(bindings, bindingMetadata, (T?)await bindings.InputAsync(bindingMetadata.Name, context));
    }

    /// <summary>The result, which must be of this type.</summary>
    public static InvocationResult<T> GetInvocationResult<T>(this FunctionContext context)
    {
        InvocationBindings bindings = Bindings(context);
        return bindings.Result is T
            ? new Result<T>(bindings)
            : throw new InvalidOperationException(
                $"The invocation's result is of type {bindings.Result?.GetType().ToString() ?? "null"}, not {typeof(T)}.");
    }

    /// <summary>The result of any type.</summary>
    public static InvocationResult GetInvocationResult(this FunctionContext context) => new AnyResult(Bindings(context));

    /// <summary>All output bindings; the values of another type show as the default.</summary>
    public static IEnumerable<OutputBindingData<T>> GetOutputBindings<T>(this FunctionContext context)
    {
        InvocationBindings bindings = Bindings(context);
        return context.FunctionDefinition.OutputBindings.Values.Select(binding => new Output<T>(bindings, binding.Name, binding.Type));
    }

    private static InvocationBindings Bindings(FunctionContext context) =>
        context.Features.Get<InvocationBindings>() ?? throw new InvalidOperationException("The context is not one of a running invocation.");

    private sealed class Result<T>(InvocationBindings bindings) : InvocationResult<T>
    {
        public override T? Value
        {
            get => (T?)bindings.Result;
            set => bindings.Result = value;
        }
    }

    private sealed class AnyResult(InvocationBindings bindings) : InvocationResult
    {
        public override object? Value
        {
            get => bindings.Result;
            set => bindings.Result = value;
        }
    }

    private sealed class Output<T>(InvocationBindings bindings, string name, string type) : OutputBindingData<T>
    {
        public override string Name => name;

        public override string BindingType => type;

        public override T? Value
        {
            get => bindings.Outputs.GetValueOrDefault(name) is T value ? value : default;
            set => bindings.Outputs[name] = value;
        }
    }

    private sealed class Input<T>(InvocationBindings bindings, BindingMetadata metadata, T? bound) : InputBindingData<T>
    {
        private T? _value = bound;

        public override BindingMetadata BindingMetadata => metadata;

        public override T? Value
        {
            get => _value;
            set
            {
                _value = value;
                bindings.SetInput(metadata.Name, value);
            }
        }
    }
}
