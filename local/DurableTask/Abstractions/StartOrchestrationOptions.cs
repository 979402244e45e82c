using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>How a new orchestration is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Options with an id and a start time.</summary>
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>Unique id of the instance; null: a new GUID in "N" format.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When to start; null or past: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Tags of the instance.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary.Create<string, string>();

    /// <summary>
    /// Names of the statuses in which an existing instance of the same id makes the start fail. Null: Pending, Running and
    /// Suspended, which is what the Functions host uses with Azure Storage (overridableExistingInstanceStates = NonRunningStates).
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
