using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LiveDesk.Functions.Orchestrations;

/// <param name="Begun">It has been greeted and an owner is looked for.</param>
internal sealed record LifecycleInput(string Workspace, string Conversation, int Cycle = 1, bool Begun = false);

/// <summary>
/// One cycle of a conversation from opening (or reopening) to close, and the survey after it (instance <c>conversation-{id}</c>, later cycles
/// <c>conversation-{id}-{cycle}</c>). Ordinary messages raise no event to it: it wakes, looks, and sleeps until time may change something again.
/// </summary>
internal static class ConversationLifecycle
{
    /// <summary>Something that the next look depends on has changed: closed, snoozed, waiting in a line.</summary>
    public const string ChangedEvent = "changed";

    /// <summary>Looks after which the history begins anew.</summary>
    private const int LooksAHistory = 20;

    public static string InstanceOf(ConversationId conversation, int cycle) =>
        cycle == 1 ? $"conversation-{conversation}" : $"conversation-{conversation}-{cycle}";

    [Function(nameof(ConversationLifecycle))]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        LifecycleInput input = context.GetInput<LifecycleInput>()!;
        Task? opening = null;
        Task changed = context.WaitForExternalEvent<string?>(ChangedEvent);
        for (int look = 0; look < LooksAHistory || opening is { IsCompleted: false }; look++)
        {
            string activity = input.Begun ? nameof(TendConversationActivity) : nameof(BeginConversationActivity);
            TendedConversation now = await context.CallActivityAsync<TendedConversation>(activity, input, Activities.Retry);
            input = input with { Begun = true };
            if (now.Closed)
            {
                if (now.Survey is { } survey)
                    await context.CallSubOrchestratorAsync(nameof(SurveyFollowUp), new SurveyInput(input.Workspace, survey.Value), Survey(survey));
                return;
            }
            if (now.Opening is { } at && opening is not { IsCompleted: false })
                opening = context.CallSubOrchestratorAsync(nameof(OutOfHours), new OutOfHoursInput(input.Workspace, at), Opening(context, at));
            if (changed.IsCompleted) changed = context.WaitForExternalEvent<string?>(ChangedEvent);
            await SleepAsync(context, now.NextLook, changed, opening);
        }
        context.ContinueAsNew(input, preserveUnprocessedEvents: true);
    }

    private static async Task SleepAsync(TaskOrchestrationContext context, DateTimeOffset until, Task changed, Task? opening)
    {
        using var awake = new CancellationTokenSource();
        Task timer = context.CreateTimer(until.UtcDateTime, awake.Token);
        await (opening is null or { IsCompleted: true } ? Task.WhenAny(timer, changed) : Task.WhenAny(timer, changed, opening));
        // Not asynchronously: an orchestrator runs on one thread.
        if (!timer.IsCompleted) awake.Cancel();
    }

    private static SubOrchestrationOptions Survey(SurveyId survey) => new() { InstanceId = SurveyFollowUp.InstanceOf(survey) };

    private static SubOrchestrationOptions Opening(TaskOrchestrationContext context, DateTimeOffset at) =>
        new() { InstanceId = $"{context.InstanceId}-opening-{at.ToUnixTimeSeconds()}" };
}
