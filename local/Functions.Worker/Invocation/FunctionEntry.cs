using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Local;

/// <summary>Where a result or one of its properties goes: "http" or "queue".</summary>
internal sealed record OutputBinding(string Name, string Type, PropertyInfo? Property, QueueOutputAttribute? Queue);

/// <summary>How a parameter gets its value.</summary>
internal sealed record BoundParameter(string Name, Func<FunctionContext, InvocationBindings, ValueTask<object?>> BindAsync);

/// <summary>A function, looked at once at start-up so that an invocation needs no more reflection than the call.</summary>
internal sealed class FunctionEntry
{
    public required FunctionMethod Method { get; init; }

    public required Attribute Trigger { get; init; }

    /// <summary>Such as "httpTrigger".</summary>
    public required string TriggerType { get; init; }

    public required IReadOnlyList<BoundParameter> Parameters { get; init; }

    public required IReadOnlyList<OutputBinding> Outputs { get; init; }

    /// <summary>The extension that the trigger belongs to; null for the host's own.</summary>
    public required IHostExtension? Extension { get; init; }

    public required FunctionDefinition Definition { get; init; }

    public string Name => Method.Name;
}

internal sealed class LocalFunctionDefinition(
    FunctionMethod function, ImmutableArray<FunctionParameter> parameters, IEnumerable<BindingMetadata> inputs, IEnumerable<BindingMetadata> outputs)
    : FunctionDefinition
{
    public override ImmutableArray<FunctionParameter> Parameters => parameters;

    public override string PathToAssembly { get; } = function.Method.DeclaringType!.Assembly.Location;

    public override string EntryPoint { get; } = $"{function.Method.DeclaringType!.FullName}.{function.Method.Name}";

    public override string Id => function.Name;

    public override string Name => function.Name;

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; } = inputs.ToImmutableDictionary(binding => binding.Name);

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; } = outputs.ToImmutableDictionary(binding => binding.Name);
}

internal sealed class LocalBindingMetadata(string name, string type, BindingDirection direction) : BindingMetadata
{
    public override string Name => name;

    public override string Type => type;

    public override BindingDirection Direction => direction;
}
