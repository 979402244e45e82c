using System.Collections.Concurrent;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>Tells those who wait for the feed of a workspace that this process has appended to it.</summary>
public sealed class FeedSignals
{
    private readonly ConcurrentDictionary<WorkspaceId, TaskCompletionSource> _next = new();

    /// <summary>Ends with the next append. Ask for it before reading, so that nothing falls between reading and waiting.</summary>
    public Task Next(WorkspaceId workspace) =>
        _next.GetOrAdd(workspace, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Appended(WorkspaceId workspace)
    {
        if (_next.TryRemove(workspace, out TaskCompletionSource? waiting)) waiting.TrySetResult();
    }
}
