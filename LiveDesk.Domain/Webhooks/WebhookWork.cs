using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Webhooks;

/// <summary>Give these events to the workspace's outgoing webhooks.</summary>
public sealed record WebhookWork(WorkspaceId Workspace, IReadOnlyList<FeedEvent> Events) : WorkItem
{
    public override string Queue => QueueNames.Webhooks;
}

/// <summary>Deliver one event to one endpoint.</summary>
/// <param name="Attempts">Made when this was put; another number means that it has been overtaken.</param>
public sealed record DeliveryWork(WorkspaceId Workspace, string Endpoint, string Delivery, int Attempts) : WorkItem
{
    public override string Queue => QueueNames.Webhooks;
}
