using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Timers;

/// <summary>Once an hour, forgets the answers to requests with an idempotency key that are more than a day old.</summary>
internal sealed partial class SweepRequests(RequestLog log, TimeProvider time, ILogger<SweepRequests> logger)
{
    [Function(nameof(SweepRequests))]
    public async Task Run([TimerTrigger("0 37 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        int gone = 0;
        await foreach (Stored<LoggedRequest> expired in log.ListExpiredAsync(time.GetUtcNow(), cancellationToken))
        {
            await log.DeleteAsync(expired, cancellationToken);
            gone++;
        }
        if (gone > 0) LogSwept(gone);
    }

    [LoggerMessage(4002, LogLevel.Information, "{Count} answers to repeated requests are forgotten.")]
    private partial void LogSwept(int count);
}
