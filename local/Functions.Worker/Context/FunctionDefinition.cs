using System.Collections.Immutable;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a function is, as the worker sees it.</summary>
public abstract class FunctionDefinition
{
    /// <summary>The method's parameters, in order.</summary>
    public abstract ImmutableArray<FunctionParameter> Parameters { get; }

    /// <summary>The file of the assembly that holds the function.</summary>
    public abstract string PathToAssembly { get; }

    /// <summary>Type and method, with dots.</summary>
    public abstract string EntryPoint { get; }

    /// <summary>The function's id.</summary>
    public abstract string Id { get; }

    /// <summary>The name given by <see cref="FunctionAttribute"/>.</summary>
    public abstract string Name { get; }

    /// <summary>The trigger and the input bindings, by parameter name.</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    /// <summary>The output bindings, by property name, or "$return".</summary>
    public abstract IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }
}

/// <summary>A parameter of a function.</summary>
public class FunctionParameter(
    string name, Type type, bool hasDefaultValue, object? defaultValue, IReadOnlyDictionary<string, object> properties)
{
    /// <summary>A parameter without a default value.</summary>
    public FunctionParameter(string name, Type type) : this(name, type, false, null, ImmutableDictionary<string, object>.Empty) { }

    /// <summary>A parameter that may have a default value.</summary>
    public FunctionParameter(string name, Type type, bool hasDefaultValue, object? defaultValue)
        : this(name, type, hasDefaultValue, defaultValue, ImmutableDictionary<string, object>.Empty) { }

    /// <summary>A parameter with properties, such as its binding attribute.</summary>
    public FunctionParameter(string name, Type type, IReadOnlyDictionary<string, object> properties) : this(name, type, false, null, properties) { }

    /// <summary>The parameter's name in the code.</summary>
    public string Name { get; } = name;

    /// <summary>The parameter's type.</summary>
    public Type Type { get; } = type;

    /// <summary>Whether the code gives a default value.</summary>
    public bool HasDefaultValue { get; } = hasDefaultValue;

    /// <summary>Whether null is a value of the type.</summary>
    public bool IsReferenceOrNullableType { get; } = !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;

    /// <summary>The default value, if there is one.</summary>
    public object? DefaultValue { get; } = defaultValue;

    /// <summary>Further facts; the binding attribute is under "bindingAttribute".</summary>
    public IReadOnlyDictionary<string, object> Properties { get; } = properties;
}

/// <summary>A binding of a function.</summary>
public abstract class BindingMetadata
{
    /// <summary>The parameter's or property's name, or "$return".</summary>
    public abstract string Name { get; }

    /// <summary>The kind, such as "queueTrigger".</summary>
    public abstract string Type { get; }

    /// <summary>Into the function or out of it.</summary>
    public abstract BindingDirection Direction { get; }
}

/// <summary>Which way a binding's data goes.</summary>
public enum BindingDirection
{
    /// <summary>Into the function.</summary>
    In,

    /// <summary>Out of the function.</summary>
    Out,
}
