using LiveDesk.Domain.Workflows;
using LiveDesk.Domain.Workspaces;
using Moq;

namespace LiveDesk.Tests.Support;

internal static class NoWorkflows
{
    /// <summary>Of a workspace that has none.</summary>
    public static FireWorkflows Fire()
    {
        var workflows = new Mock<IResourceStore<Workflow>>();
        workflows.Setup(w => w.ListRecentAsync(It.IsAny<WorkspaceId>(), It.IsAny<CancellationToken>())).ReturnsAsync([]);
        return new FireWorkflows(workflows.Object);
    }
}
