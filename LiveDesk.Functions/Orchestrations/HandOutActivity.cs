using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Orchestrations;

/// <summary>Has the conversations that wait in a workspace handed out.</summary>
internal sealed class HandOutActivity(IWorkQueues queues)
{
    [Function(nameof(HandOutActivity))]
    public Task Run([ActivityTrigger] string workspace, CancellationToken cancellationToken) =>
        queues.PutAsync(new DrainWork(WorkspaceId.Parse(workspace)), cancellationToken);
}
