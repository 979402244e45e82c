namespace LiveDesk.Local.Durable;

/// <summary>host.json's extensions.durableTask. Names and meanings are the official ones; what differs is said.</summary>
internal sealed record HubSettings
{
    /// <summary>Prefix of tables, queues and the blob container; letters and digits.</summary>
    public string HubName { get; init; } = "TestHubName";

    /// <summary>Control queues; 4 by default. Must not change while instances run.</summary>
    public int PartitionCount { get; init; } = 4;

    /// <summary>Longest pause between polls of an idle queue; 30 s by default.</summary>
    public TimeSpan MaxQueuePollingInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Activities at a time in this process.</summary>
    public int MaxConcurrentActivityFunctions { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>Orchestrator steps at a time in this process.</summary>
    public int MaxConcurrentOrchestratorFunctions { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>
    /// How long a message taken by a process that then dies stays hidden. 30 s by default, not the official 5 minutes, so that
    /// a restart after a crash goes on soon; activities in progress keep their message hidden by renewal.
    /// </summary>
    public TimeSpan ControlQueueVisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc cref="ControlQueueVisibilityTimeout"/>
    public TimeSpan WorkItemQueueVisibilityTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether instances stay in memory between steps. True by default, not the official false: it saves the reading of the history.</summary>
    public bool ExtendedSessionsEnabled { get; init; } = true;

    /// <summary>How long an idle instance stays in memory; 30 s by default.</summary>
    public TimeSpan ExtendedSessionIdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Instances in memory at most.</summary>
    public int MaxSessions { get; init; } = 1000;

    /// <summary>How often a message that the engine itself cannot handle is tried before it goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 20;
}
