using LiveDesk.Domain.Workflows;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Orchestrations;

/// <summary>Logs a run with what came of its steps.</summary>
internal sealed class EndWorkflowActivity(RunWorkflow workflow)
{
    [Function(nameof(EndWorkflowActivity))]
    public Task Run([ActivityTrigger] WorkflowRun run, CancellationToken cancellationToken) => workflow.EndAsync(run, cancellationToken);
}
