using LiveDesk.Domain.Workflows;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Orchestrations;

/// <param name="Number">Of the step, from 0.</param>
internal sealed record WorkflowStepInput(WorkflowRun Run, WorkflowStep Step, int Number);

/// <summary>Carries out one step of a run.</summary>
internal sealed class WorkflowStepActivity(RunWorkflow workflow)
{
    [Function(nameof(WorkflowStepActivity))]
    public Task<WorkflowRunStep> Run([ActivityTrigger] WorkflowStepInput input, CancellationToken cancellationToken) =>
        workflow.StepAsync(input.Run, input.Step, input.Number, cancellationToken);
}
