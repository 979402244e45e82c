using LiveDesk.Domain.Webhooks;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Timers;

/// <summary>Once a day, deletes deliveries of outgoing webhooks that are older than 30 days.</summary>
internal sealed partial class SweepWebhookDeliveries(IWebhookDeliveries deliveries, TimeProvider time, ILogger<SweepWebhookDeliveries> logger)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    [Function(nameof(SweepWebhookDeliveries))]
    public async Task Run([TimerTrigger("0 41 3 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        int gone = await deliveries.DeleteBeforeAsync(time.GetUtcNow() - Kept, cancellationToken);
        if (gone > 0) LogSwept(gone);
    }

    [LoggerMessage(4011, LogLevel.Information, "{Count} rows of old webhook deliveries are deleted.")]
    private partial void LogSwept(int count);
}
