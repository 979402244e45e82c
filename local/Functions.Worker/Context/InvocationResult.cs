namespace Microsoft.Azure.Functions.Worker;

/// <summary>What an invocation returned; middleware may replace it.</summary>
public abstract class InvocationResult<T>
{
    /// <summary>The value; null if the function returns nothing, or an object of output bindings.</summary>
    public abstract T? Value { get; set; }
}

/// <summary>What an invocation returned, of any type.</summary>
public abstract class InvocationResult : InvocationResult<object?>;

/// <summary>An output binding's value; middleware may replace it.</summary>
public abstract class OutputBindingData<T>
{
    /// <summary>The property's name, or "$return".</summary>
    public abstract string Name { get; }

    /// <summary>The kind, such as "queue" or "http".</summary>
    public abstract string BindingType { get; }

    /// <summary>The value; null sends nothing.</summary>
    public abstract T? Value { get; set; }
}

/// <summary>An input's value; middleware may replace it before the function runs.</summary>
public abstract class InputBindingData<T>
{
    /// <summary>The binding.</summary>
    public abstract BindingMetadata BindingMetadata { get; }

    /// <summary>The value.</summary>
    public abstract T? Value { get; set; }
}
