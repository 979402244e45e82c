using LiveDesk.Domain.Workflows;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Orchestrations;

/// <summary>Whether a workflow applies, and its steps as they are now; a run goes on with them whatever is changed meanwhile.</summary>
internal sealed class StartWorkflowActivity(RunWorkflow workflow)
{
    [Function(nameof(StartWorkflowActivity))]
    public async Task<List<WorkflowStep>> Run([ActivityTrigger] WorkflowRun run, CancellationToken cancellationToken) =>
        [.. await workflow.StartAsync(run, cancellationToken)];
}
