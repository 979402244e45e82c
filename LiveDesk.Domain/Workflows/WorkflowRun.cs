using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Workflows;

public enum WorkflowRunStatus
{
    Running,
    Completed,

    /// <summary>Set off, but it did not apply; the reason says why.</summary>
    Skipped,
}

/// <param name="Code">Null if it was done; else why not: the code of the refusal.</param>
public sealed record WorkflowRunStep(WorkflowAction Do, string? Code, DateTimeOffset At);

/// <summary>One run of a workflow, as it is logged.</summary>
/// <param name="Id">The key of what set it off.</param>
public sealed record WorkflowRun(
    WorkspaceId Workspace, string WorkflowId, string Id, string Event, ContactId Contact, ConversationId? Conversation, int Depth, DateTimeOffset StartedAt,
    WorkflowRunStatus Status, string? Reason, IReadOnlyList<WorkflowRunStep> Steps, DateTimeOffset? EndedAt)
{
    public static WorkflowRun Of(WorkflowWork work) => new(
        work.Workspace, work.WorkflowId, work.Key, work.Event, work.Contact, work.Conversation, work.Depth, work.At, WorkflowRunStatus.Running, null, [], null);
}

public interface IWorkflowRunLog
{
    /// <summary>Replaces what was logged of the same run.</summary>
    Task PutAsync(WorkflowRun run, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<PageOf<WorkflowRun>> ListAsync(WorkspaceId workspace, string workflowId, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Counts one more run of the conversation in the running minute.</summary>
    /// <returns>The runs in this minute, this one included.</returns>
    Task<int> CountAsync(WorkspaceId workspace, ConversationId conversation, DateTimeOffset now, CancellationToken cancellationToken);
}
