using LiveDesk.Domain.Messaging.Files;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Timers;

/// <summary>Once an hour, deletes uploads that no message took within a day.</summary>
internal sealed partial class SweepDrafts(DraftUses drafts, ILogger<SweepDrafts> logger)
{
    [Function(nameof(SweepDrafts))]
    public async Task Run([TimerTrigger("0 17 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        int gone = await drafts.SweepAsync(cancellationToken);
        if (gone > 0) LogSwept(gone);
    }

    [LoggerMessage(4001, LogLevel.Information, "{Count} uploads that nobody used are deleted.")]
    private partial void LogSwept(int count);
}
