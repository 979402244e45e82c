using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Local;

/// <summary>All functions of the app. What cannot work is an error at start-up, with every problem named at once.</summary>
internal sealed class FunctionCatalog
{
    private readonly Dictionary<string, FunctionEntry> _byName = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> _problems = [];
    private readonly IReadOnlyList<IHostExtension> _extensions;
    private readonly ParameterBinder _binder;

    public FunctionCatalog(FunctionSource source, IEnumerable<IHostExtension> extensions)
    {
        _extensions = [.. extensions];
        _binder = new ParameterBinder(_extensions);
        foreach (MethodInfo method in source.Methods())
            Add(method);
        if (_problems.Count > 0)
            throw new StartUpException("The app's functions cannot be started:\n  " + string.Join("\n  ", _problems));
    }

    /// <summary>By name.</summary>
    public IEnumerable<FunctionEntry> All => _byName.Values.OrderBy(function => function.Name, StringComparer.OrdinalIgnoreCase);

    public FunctionEntry Find(string name) => _byName[name];

    private void Add(MethodInfo method)
    {
        string name = method.GetCustomAttribute<FunctionAttribute>()!.Name;
        string place = $"Function '{name}' ({method.DeclaringType}.{method.Name})";
        if (_byName.TryGetValue(name, out FunctionEntry? other))
        {
            _problems.Add($"{place}: the name is taken by {other.Definition.EntryPoint}.");
            return;
        }
        if (!method.IsPublic || method.ContainsGenericParameters)
        {
            _problems.Add($"{place}: the method must be public and not generic.");
            return;
        }
        var triggers = Triggers(method).ToList();
        if (triggers is not [var (parameter, attribute, type, extension)])
        {
            _problems.Add($"{place}: it needs one trigger parameter that this host knows, and has {triggers.Count}.");
            return;
        }
        var function = new FunctionMethod(name, method, parameter);
        List<BoundParameter> parameters = Parameters(function, attribute, place);
        List<OutputBinding> outputs = Outputs(method, attribute);
        _byName[name] = new FunctionEntry
        {
            Method = function,
            Trigger = attribute,
            TriggerType = type,
            Extension = extension,
            Parameters = parameters,
            Outputs = outputs,
            Definition = Definition(function, attribute, type, outputs),
        };
    }

    private IEnumerable<(ParameterInfo, Attribute, string, IHostExtension?)> Triggers(MethodInfo method) =>
        from parameter in method.GetParameters()
        from attribute in parameter.GetCustomAttributes()
        let known = TriggerType(attribute)
        where known.Type is not null
        select (parameter, attribute, known.Type, known.Extension);

    private (string? Type, IHostExtension? Extension) TriggerType(Attribute attribute)
    {
        string? own = attribute switch
        {
            HttpTriggerAttribute => "httpTrigger",
            QueueTriggerAttribute => "queueTrigger",
            TimerTriggerAttribute => "timerTrigger",
            _ => null,
        };
        if (own is not null)
            return (own, null);
        return _extensions.Select(extension => (extension.TriggerType(attribute), extension)).FirstOrDefault(known => known.Item1 is not null);
    }

    private List<BoundParameter> Parameters(FunctionMethod function, Attribute trigger, string place)
    {
        List<BoundParameter> bound = [];
        foreach (ParameterInfo parameter in function.Method.GetParameters())
        {
            (BoundParameter? binding, string? problem) = _binder.Bind(function, parameter, trigger);
            if (binding is not null)
                bound.Add(binding);
            else
                _problems.Add($"{place}: parameter '{parameter.Name}' {problem}.");
        }
        if (trigger is HttpTriggerAttribute { AuthLevel: not (AuthorizationLevel.Anonymous or AuthorizationLevel.Function) } http)
            _problems.Add($"{place}: authorization level {http.AuthLevel} is not supported by the local host; use Anonymous or Function.");
        return bound;
    }

    private static List<OutputBinding> Outputs(MethodInfo method, Attribute trigger)
    {
        if (method.GetCustomAttribute<QueueOutputAttribute>() is { } onMethod)
            return [new OutputBinding("$return", "queue", null, onMethod)];
        if (MethodCall.ResultType(method) is not { } result)
            return [];
        List<OutputBinding> outputs = [.. result.GetProperties().SelectMany(OfProperty)];
        if (trigger is not HttpTriggerAttribute || outputs.Any(output => output.Type == "http"))
            return outputs;
        // A response property needs no attribute; without any output property the result itself is the response.
        if (result.GetProperties().FirstOrDefault(IsResponse) is { } response)
            outputs.Add(new OutputBinding(response.Name, "http", response, null));
        else if (outputs.Count == 0)
            outputs.Add(new OutputBinding("$return", "http", null, null));
        return outputs;
    }

    private static bool IsResponse(PropertyInfo property) => typeof(HttpResponseData).IsAssignableFrom(property.PropertyType);

    private static IEnumerable<OutputBinding> OfProperty(PropertyInfo property)
    {
        if (property.GetCustomAttribute<QueueOutputAttribute>() is { } queue)
            yield return new OutputBinding(property.Name, "queue", property, queue);
        if (property.GetCustomAttribute<HttpResultAttribute>() is not null)
            yield return new OutputBinding(property.Name, "http", property, null);
    }

    private static LocalFunctionDefinition Definition(FunctionMethod function, Attribute trigger, string type, List<OutputBinding> outputs)
    {
        ImmutableArray<FunctionParameter> parameters =
        [
            .. function.Method.GetParameters().Select(p => new FunctionParameter(
                p.Name!, p.ParameterType, p.HasDefaultValue, p.HasDefaultValue ? p.DefaultValue : null,
                p == function.Trigger
                    ? ImmutableDictionary<string, object>.Empty.Add("bindingAttribute", trigger)
                    : ImmutableDictionary<string, object>.Empty)),
        ];
        return new LocalFunctionDefinition(
            function, parameters,
            [new LocalBindingMetadata(function.Trigger!.Name!, type, BindingDirection.In)],
            outputs.Select(output => new LocalBindingMetadata(output.Name, output.Type, BindingDirection.Out)));
    }
}
