using System.Collections.Concurrent;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>
/// One assignment of a workspace at a time within this process, so that arrivals are served in order. That no limit is exceeded does not
/// depend on it: claims are conditional writes.
/// </summary>
public sealed class AssignmentTurns
{
    private readonly ConcurrentDictionary<WorkspaceId, SemaphoreSlim> _turns = new();

    public async Task<IDisposable> EnterAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        SemaphoreSlim turn = _turns.GetOrAdd(workspace, _ => new SemaphoreSlim(1, 1));
        await turn.WaitAsync(cancellationToken);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}
