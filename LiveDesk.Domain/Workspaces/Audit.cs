using System.Text.Json;
using LiveDesk.Domain.Conversations;

namespace LiveDesk.Domain.Workspaces;

/// <summary>What an audited action was done to.</summary>
/// <param name="Kind"><c>team</c>, <c>routing_rule</c>, <c>channel</c> ...</param>
/// <param name="Name">As it was then; null where the name is a customer's.</param>
public sealed record AuditTarget(string Kind, string Id, string? Name = null);

/// <summary>Whether what the line says has been done.</summary>
public enum AuditOutcome
{
    Done,

    /// <summary>The desk died, or the storage failed, between the beginning and the end of the act: it may or may not have had its effect.</summary>
    Unknown,
}

/// <summary>One line of the audit log: who did what to what, and how it was before and after. Secrets and customers' data are not in it.</summary>
/// <param name="Action"><c>team.created</c>, <c>contact.exported</c> ...</param>
/// <param name="Before">As the API shows it; null for something new.</param>
/// <param name="After">As the API shows it; null for something that is gone.</param>
public sealed record AuditEntry(
    WorkspaceId Workspace, string Id, DateTimeOffset At, Actor Actor, string Action, AuditTarget Target, JsonElement? Before = null, JsonElement? After = null)
{
    public AuditOutcome Outcome { get; init; }
}

/// <summary>What is looked for; null: whatever.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Excluded.</param>
public sealed record AuditFilter(string? Actor = null, string? Action = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>The audit log of a workspace. What has been done stays in it.</summary>
public interface IAuditLog
{
    /// <summary>Writes the line of an act that is about to begin.</summary>
    Task OpenAsync(AuditEntry line, CancellationToken cancellationToken);

    /// <summary>The act is done: the line says what it has come to.</summary>
    Task CompleteAsync(AuditEntry line, CancellationToken cancellationToken);

    /// <summary>The act was refused, or nothing was to be done: the line goes.</summary>
    Task WithdrawAsync(AuditEntry line, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<PageOf<AuditEntry>> ListAsync(WorkspaceId workspace, AuditFilter filter, int limit, string? cursor, CancellationToken cancellationToken);
}
