using LiveDesk.Local;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>A step of a sent message, in the provider's word.</summary>
public sealed record StatusStep(string Status, string? ErrorCode = null);

/// <summary>Takes an accepted message through its statuses, as the settings say.</summary>
public static class StatusRun
{
    /// <param name="core">Clock and background.</param>
    /// <param name="settings">Looked at before each step.</param>
    /// <param name="steps">In their order.</param>
    /// <param name="move">Takes one step and reports it.</param>
    /// <param name="cancellationToken">Gives up what happens before the answer.</param>
    public static async Task StartAsync(
        SimulatorCore core, Func<MessagingSettings> settings, IEnumerable<StatusStep> steps, Func<StatusStep, CancellationToken, Task> move,
        CancellationToken cancellationToken)
    {
        Queue<StatusStep> left = new(steps);
        if (settings().StatusBeforeAnswer && left.TryDequeue(out StatusStep? first)) await move(first, cancellationToken);
        if (left.Count == 0) return;
        core.Background.Run(async stop =>
        {
            while (left.TryDequeue(out StatusStep? step))
            {
                await core.Time.WaitAsync(settings().StatusDelay, stop);
                await move(step, stop);
            }
        });
    }
}
