using LiveDesk.Domain.Reporting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Timers;

/// <summary>Once an hour, rolls up the days that facts have come for, so that a report finds nearly all of them done.</summary>
internal sealed partial class RollUpFacts(IFactStore facts, ILogger<RollUpFacts> logger)
{
    [Function(nameof(RollUpFacts))]
    public async Task Run([TimerTrigger("0 5 * * * *")] TimerInfo timer, CancellationToken cancellationToken)
    {
        int days = await facts.RollUpAsync(null, cancellationToken);
        if (days > 0) LogRolledUp(days);
    }

    [LoggerMessage(4021, LogLevel.Debug, "{Days} days of facts are rolled up.")]
    private partial void LogRolledUp(int days);
}
