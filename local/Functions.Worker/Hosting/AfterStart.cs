using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>Runs the registered <see cref="IAfterStart"/> one after the other, beside the host.</summary>
internal sealed class AfterStart(IEnumerable<IAfterStart> steps, ILogger<AfterStart> logger)
{
    public void Begin(HostAddress address, CancellationToken stopping) => _ = Task.Run(() => RunAsync(address, stopping), CancellationToken.None);

    private async Task RunAsync(HostAddress address, CancellationToken stopping)
    {
        foreach (IAfterStart step in steps)
        {
            try
            {
                await step.RunAsync(address, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.AfterStartFailed(e, step.GetType().Name);
            }
        }
    }
}
