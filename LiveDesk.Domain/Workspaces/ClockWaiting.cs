namespace LiveDesk.Domain.Workspaces;

/// <summary>Waiting by a clock that a test can hold.</summary>
public static class ClockWaiting
{
    public static async Task WaitAsync(this TimeProvider time, TimeSpan span, CancellationToken cancellationToken)
    {
        if (span <= TimeSpan.Zero) return;
        using var timer = new PeriodicTimer(span, time);
        await timer.WaitForNextTickAsync(cancellationToken);
    }
}
