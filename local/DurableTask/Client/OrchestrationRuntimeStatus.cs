namespace Microsoft.DurableTask.Client;

/// <summary>Where an orchestration stands. The numbers are the official ones.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>Started and not finished.</summary>
    Running,

    /// <summary>Finished with a result.</summary>
    Completed,

    /// <summary>Begun anew; never seen from outside.</summary>
    ContinuedAsNew,

    /// <summary>Ended by an unhandled exception.</summary>
    Failed,

    /// <summary>Not in use.</summary>
    Canceled,

    /// <summary>Ended from outside.</summary>
    Terminated,

    /// <summary>Scheduled and not started yet.</summary>
    Pending,

    /// <summary>Halted from outside until it is resumed.</summary>
    Suspended,
}
