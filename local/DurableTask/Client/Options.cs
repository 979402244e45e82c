namespace Microsoft.DurableTask.Client;

/// <summary>How an instance is terminated.</summary>
/// <param name="Output">Becomes its output.</param>
/// <param name="Recursive">Whether its running sub-orchestrations are terminated too.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);

/// <summary>How an instance is purged.</summary>
/// <param name="Recursive">Whether its sub-orchestrations are purged too.</param>
public record PurgeInstanceOptions(bool Recursive = false);

/// <summary>Which instances to purge; only ended ones are.</summary>
/// <param name="CreatedFrom">Not created before.</param>
/// <param name="CreatedTo">Not created after.</param>
/// <param name="Statuses">In one of these; null: in any final one.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null)
{
    /// <summary>How long to go on at most; endless if null.</summary>
    public TimeSpan? Timeout { get; init; }
}

/// <summary>What a purge removed.</summary>
public class PurgeResult(int count, bool? isComplete)
{
    /// <summary>A purge that says only how many.</summary>
    public PurgeResult(int count) : this(count, null) { }

    /// <summary>Instances removed.</summary>
    public int PurgedInstanceCount { get; } = count;

    /// <summary>Whether all that matched are removed; null if that is not known.</summary>
    public bool? IsComplete { get; } = isComplete;
}

/// <summary>Settings of clients.</summary>
public class DurableTaskClientOptions
{
    /// <summary>Turns inputs and events into text; JSON by default.</summary>
    public DataConverter DataConverter { get; set; } = Converters.JsonDataConverter.Default;
}
