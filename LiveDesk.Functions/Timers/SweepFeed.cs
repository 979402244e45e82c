using LiveDesk.Domain.Events;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Timers;

/// <summary>Once a day, deletes the hours of the event feed that are older than it is kept.</summary>
internal sealed partial class SweepFeed(FeedSweep sweep, TimeProvider time, ILogger<SweepFeed> logger)
{
    [Function(nameof(SweepFeed))]
    public async Task Run([TimerTrigger("0 23 3 * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        int gone = await sweep.DeleteBeforeAsync(time.GetUtcNow() - FeedPosition.Kept, cancellationToken);
        if (gone > 0) LogSwept(gone);
    }

    [LoggerMessage(4021, LogLevel.Information, "{Count} old hours of the event feed are deleted.")]
    private partial void LogSwept(int count);
}
