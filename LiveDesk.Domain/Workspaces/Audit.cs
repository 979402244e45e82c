using System.Text.Json;
using LiveDesk.Domain.Conversations;

namespace LiveDesk.Domain.Workspaces;

/// <summary>What an audited action was done to.</summary>
/// <param name="Kind"><c>team</c>, <c>routing_rule</c>, <c>channel</c> ...</param>
/// <param name="Name">As it was then; null where the name is a customer's.</param>
public sealed record AuditTarget(string Kind, string Id, string? Name = null);

/// <summary>One line of the audit log: who did what to what, and how it was before and after. Secrets and customers' data are not in it.</summary>
/// <param name="Action"><c>team.created</c>, <c>contact.exported</c> ...</param>
/// <param name="Before">As the API shows it; null for something new.</param>
/// <param name="After">As the API shows it; null for something that is gone.</param>
public sealed record AuditEntry(
    WorkspaceId Workspace, string Id, DateTimeOffset At, Actor Actor, string Action, AuditTarget Target, JsonElement? Before = null, JsonElement? After = null);

/// <summary>What is looked for; null: whatever.</summary>
/// <param name="From">Included.</param>
/// <param name="To">Excluded.</param>
public sealed record AuditFilter(string? Actor = null, string? Action = null, DateTimeOffset? From = null, DateTimeOffset? To = null);

/// <summary>The audit log of a workspace. It only grows.</summary>
public interface IAuditLog
{
    Task AppendAsync(AuditEntry entry, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<PageOf<AuditEntry>> ListAsync(WorkspaceId workspace, AuditFilter filter, int limit, string? cursor, CancellationToken cancellationToken);
}
