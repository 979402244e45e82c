using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Marks the TaskOrchestrationContext of an orchestrator.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OrchestrationTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Name of the orchestrator; the function's name if null.</summary>
    public string? Orchestration { get; set; }
}

/// <summary>Marks the input of an activity.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ActivityTriggerAttribute : TriggerBindingAttribute
{
    /// <summary>Name of the activity; the function's name if null.</summary>
    public string? Activity { get; set; }
}

/// <summary>Hands a function the DurableTaskClient.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>The hub; host.json's if null. Only that one is served here.</summary>
    public string? TaskHub { get; set; }

    /// <summary>Setting that holds the storage connection; AzureWebJobsStorage if null. Only that one is served here.</summary>
    public string? ConnectionName { get; set; }
}
