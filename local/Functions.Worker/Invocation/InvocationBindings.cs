using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Local;

/// <summary>What goes into one invocation and comes out of it. A feature of the FunctionContext.</summary>
internal sealed class InvocationBindings(FunctionEntry function, object? triggerValue)
{
    /// <summary>As the trigger gave it.</summary>
    public object? TriggerValue { get; } = triggerValue;

    /// <summary>Null once the result has been split into output bindings.</summary>
    public object? Result { get; set; }

    /// <summary>By property name, or "$return".</summary>
    public Dictionary<string, object?> Outputs { get; } = [];

    private Dictionary<string, object?> Inputs { get; } = new(StringComparer.OrdinalIgnoreCase);

    public void SetInput(string name, object? value) => Inputs[name] = value;

    /// <summary>The parameter's value, bound once: middleware that looks at it and the function see the same.</summary>
    public async ValueTask<object?> InputAsync(string name, FunctionContext context)
    {
        if (Inputs.TryGetValue(name, out object? bound))
            return bound;
        BoundParameter parameter = function.Parameters.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase))
            ?? throw new FunctionInputConverterException($"Function '{function.Name}' has no parameter '{name}'.");
        object? value = await parameter.BindAsync(context, this);
        Inputs[name] = value;
        return value;
    }

    /// <summary>Splits an object of output properties into its bindings; the object itself is then no result any more, as in the official worker.</summary>
    public void SplitResult()
    {
        if (Result is not { } result)
            return;
        foreach (OutputBinding output in function.Outputs.Where(output => output.Property is not null))
        {
            Outputs[output.Name] = output.Property!.GetValue(result);
            Result = null;
        }
    }

    /// <summary>What an output binding sends, after the middleware had its say.</summary>
    public object? Output(OutputBinding binding) =>
        Outputs.GetValueOrDefault(binding.Name) ?? (binding.Property is null ? Result : null);
}
