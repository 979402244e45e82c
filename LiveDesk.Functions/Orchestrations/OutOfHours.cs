using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LiveDesk.Functions.Orchestrations;

internal sealed record OutOfHoursInput(string Workspace, DateTimeOffset Opening);

/// <summary>The customer has been told when somebody will be there: waits for that opening, then has the waiting conversations handed out.</summary>
internal static class OutOfHours
{
    [Function(nameof(OutOfHours))]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        OutOfHoursInput input = context.GetInput<OutOfHoursInput>()!;
        await context.CreateTimer(input.Opening.UtcDateTime, CancellationToken.None);
        await context.CallActivityAsync(nameof(HandOutActivity), input.Workspace, Activities.Retry);
    }
}
