using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Timers;

/// <summary>Once an hour, deletes uploads that no message took within a day, and large work items that no queue message leads to.</summary>
internal sealed partial class SweepLeftOvers(DraftUses drafts, StorageWorkQueues queues, TimeProvider time, ILogger<SweepLeftOvers> logger)
{
    /// <summary>A message lives in its queue for 7 days; in a poison queue it has as long again for somebody to replay it, and more.</summary>
    private static readonly TimeSpan OverflowKept = TimeSpan.FromDays(30);

    [Function(nameof(SweepLeftOvers))]
    public async Task Run([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        int uploads = await drafts.SweepAsync(cancellationToken);
        int items = await queues.SweepAsync(time.GetUtcNow() - OverflowKept, cancellationToken);
        if (uploads + items > 0) LogSwept(uploads, items);
    }

    [LoggerMessage(4001, LogLevel.Information, "{Uploads} uploads that nobody used and {Items} work items that nobody works on are deleted.")]
    private partial void LogSwept(int uploads, int items);
}
