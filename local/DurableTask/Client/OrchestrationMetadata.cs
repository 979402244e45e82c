using Microsoft.DurableTask.Converters;

namespace Microsoft.DurableTask.Client;

/// <summary>What is known of an instance from outside.</summary>
public sealed class OrchestrationMetadata(string name, string instanceId)
{
    /// <summary>Name of the orchestrator.</summary>
    public string Name { get; } = name;

    /// <summary>Id of the instance.</summary>
    public string InstanceId { get; } = instanceId;

    /// <summary>Reads input, output and custom status.</summary>
    public DataConverter? DataConverter { get; init; }

    /// <summary>Where it stands.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was scheduled (UTC).</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last took a step (UTC).</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>The input; null if it was not asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>The output; null if there is none yet or it was not asked for.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>The custom status; null if none was set or inputs and outputs were not asked for.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>Tags given at the start.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>Why it failed; null if it did not or inputs and outputs were not asked for.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>Whether it is running now; neither pending nor suspended counts.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>Whether it is over.</summary>
    public bool IsCompleted => RuntimeStatus is
        OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    private DataConverter Converter => DataConverter ?? JsonDataConverter.Default;

    /// <summary>The input as a value.</summary>
    public T? ReadInputAs<T>() => Converter.Deserialize<T>(SerializedInput);

    /// <summary>The output as a value.</summary>
    public T? ReadOutputAs<T>() => Converter.Deserialize<T>(SerializedOutput);

    /// <summary>The custom status as a value.</summary>
    public T? ReadCustomStatusAs<T>() => Converter.Deserialize<T>(SerializedCustomStatus);
}
