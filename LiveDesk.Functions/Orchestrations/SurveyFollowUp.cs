using LiveDesk.Domain.Csat;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LiveDesk.Functions.Orchestrations;

internal sealed record SurveyInput(string Workspace, string Survey);

/// <summary>The survey of one close: asks after the channel's delay, reminds once, and ends when no answer counts any more.</summary>
internal static class SurveyFollowUp
{
    public static string InstanceOf(SurveyId survey) => $"survey-{survey}";

    [Function(nameof(SurveyFollowUp))]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        SurveyInput input = context.GetInput<SurveyInput>()!;
        while (await context.CallActivityAsync<DateTimeOffset?>(nameof(TendSurveyActivity), input, Activities.Retry) is { } next)
            await context.CreateTimer(next.UtcDateTime, CancellationToken.None);
    }
}
