using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local.Durable;

/// <summary>The app's orchestrators and activities by name, without regard to case.</summary>
internal sealed class DurableFunctions(DataConverter converter, ILoggerFactory loggers)
{
    /// <summary>Key of the binding data under which an orchestrator's further parameters find its context.</summary>
    public const string ContextKey = "durableOrchestrationContext";

    private readonly Dictionary<string, FunctionMethod> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, FunctionMethod> _activities = new(StringComparer.OrdinalIgnoreCase);
    private IFunctionInvoker? _invoker;

    public void Fill(IEnumerable<FunctionMethod> functions, IFunctionInvoker invoker)
    {
        _invoker = invoker;
        foreach (FunctionMethod function in functions)
            if (function.Trigger?.GetCustomAttribute<OrchestrationTriggerAttribute>() is { } orchestrator)
                _orchestrators[orchestrator.Orchestration ?? function.Name] = function;
            else if (function.Trigger?.GetCustomAttribute<ActivityTriggerAttribute>() is { } activity)
                _activities[activity.Activity ?? function.Name] = function;
    }

    public FunctionMethod? Activity(string name) => _activities.GetValueOrDefault(name);

    /// <summary>Runs a function through the host's pipeline.</summary>
    public Task<object?> InvokeAsync(
        FunctionMethod function, object? trigger, IReadOnlyDictionary<string, object?> bindingData, CancellationToken cancellation) =>
        _invoker!.InvokeAsync(function, trigger, bindingData, cancellation);

    /// <summary>An execution that has not taken a step yet.</summary>
    public OrchestratorExecutor NewExecutor(InstanceRecord record)
    {
        var thread = new OrchestratorThread();
        var identity = new ExecutionIdentity(record.Instance, record.Execution, record.Name, record.Parent);
        var context = new OrchestrationContext(identity, thread, converter, loggers);
        return new OrchestratorExecutor(context, thread, RunAsync, converter);
    }

    private Task<object?> RunAsync(OrchestrationContext context)
    {
        if (!_orchestrators.TryGetValue(context.Name, out FunctionMethod? function))
            return Task.FromException<object?>(new InvalidOperationException(
                $"The function '{context.Name}' doesn't exist, is disabled, or is not an orchestrator function."));
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase) { ["instanceId"] = context.InstanceId, [ContextKey] = context };
        return _invoker!.InvokeReplayedAsync(function, context, data);
    }
}
