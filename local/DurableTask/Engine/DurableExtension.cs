using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Local.Durable;

/// <summary>Brings orchestrators, activities and the client to the host.</summary>
internal sealed class DurableExtension(HubWorker worker, HubClient client, DurableFunctions functions) : IHostExtension
{
    public string? TriggerType(Attribute triggerAttribute) => triggerAttribute switch
    {
        OrchestrationTriggerAttribute => "orchestrationTrigger",
        ActivityTriggerAttribute => "activityTrigger",
        _ => null,
    };

    public bool CanBind(ParameterInfo parameter) =>
        (parameter.IsDefined(typeof(DurableClientAttribute)) && parameter.ParameterType.IsAssignableFrom(typeof(DurableTaskClient)))
        || IsOrchestratorInput(parameter);

    public object? Bind(ParameterInfo parameter, FunctionContext context)
    {
        if (!IsOrchestratorInput(parameter))
            return client;
        var orchestration = (OrchestrationContext)context.BindingContext.BindingData[DurableFunctions.ContextKey]!;
        return orchestration.InputAs(parameter.ParameterType)
            ?? (parameter.HasDefaultValue ? parameter.DefaultValue
                : parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null);
    }

    public Task StartAsync(IReadOnlyList<FunctionMethod> functionMethods, IFunctionInvoker invoker, CancellationToken cancellationToken)
    {
        functions.Fill(functionMethods, invoker);
        return worker.StartAsync();
    }

    public Task StopAsync(CancellationToken cancellationToken) => worker.StopAsync(cancellationToken);

    // An orchestrator's one parameter that is neither its context nor the host's is its input.
    private static bool IsOrchestratorInput(ParameterInfo parameter) =>
        parameter.Member is MethodInfo method
        && method.GetParameters().Any(p => p.IsDefined(typeof(OrchestrationTriggerAttribute)))
        && !parameter.IsDefined(typeof(OrchestrationTriggerAttribute))
        && !parameter.IsDefined(typeof(DurableClientAttribute))
        && parameter.ParameterType != typeof(FunctionContext)
        && parameter.ParameterType != typeof(CancellationToken)
        && !string.Equals(parameter.Name, "instanceId", StringComparison.OrdinalIgnoreCase);
}
