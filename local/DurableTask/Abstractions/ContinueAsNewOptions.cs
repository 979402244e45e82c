namespace Microsoft.DurableTask;

/// <summary>How an orchestration begins anew.</summary>
public class ContinueAsNewOptions
{
    /// <summary>Input of the next run.</summary>
    public object? NewInput { get; set; }

    /// <summary>Whether events that nobody awaited yet are carried over; true by default.</summary>
    public bool PreserveUnprocessedEvents { get; set; } = true;
}
