using LiveDesk.Domain.Workflows;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LiveDesk.Functions.Orchestrations;

/// <summary>One run of a workflow (instance <c>workflow-{id}-{key of what set it off}</c>, so that an event starts it once).</summary>
internal static class WorkflowRunner
{
    public static string InstanceOf(string workflow, string key) => $"workflow-{workflow}-{key}";

    [Function(nameof(WorkflowRunner))]
    public static async Task Run([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        WorkflowRun run = context.GetInput<WorkflowRun>()!;
        List<WorkflowStep> steps = await context.CallActivityAsync<List<WorkflowStep>>(nameof(StartWorkflowActivity), run, Activities.Retry);
        if (steps.Count == 0) return;
        for (int number = 0; number < steps.Count; number++)
        {
            WorkflowStep step = steps[number];
            WorkflowRunStep done;
            if (step.Do == WorkflowAction.Wait)
            {
                await context.CreateTimer(step.For!.Value, CancellationToken.None);
                done = new WorkflowRunStep(step.Do, null, context.CurrentUtcDateTime);
            }
            else
            {
                done = await StepAsync(context, new WorkflowStepInput(run, step, number));
            }
            run = run with { Steps = [.. run.Steps, done] };
        }
        await context.CallActivityAsync(nameof(EndWorkflowActivity), run, Activities.Retry);
    }

    /// <summary>A step that fails for good (a receiver that is down) is logged, and the next one follows.</summary>
    private static async Task<WorkflowRunStep> StepAsync(TaskOrchestrationContext context, WorkflowStepInput input)
    {
        try
        {
            return await context.CallActivityAsync<WorkflowRunStep>(nameof(WorkflowStepActivity), input, Activities.Retry);
        }
        catch (TaskFailedException)
        {
            return new WorkflowRunStep(input.Step.Do, "failed", context.CurrentUtcDateTime);
        }
    }
}
