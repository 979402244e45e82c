using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Reporting;

/// <summary>
/// The facts that reports are made of. Writing one twice is writing it once. What is read may come from roll-ups, which are nothing but the facts of
/// a day in a form that is quick to read: they can be thrown away and made again at any time.
/// </summary>
public interface IFactStore
{
    /// <summary>Into the facts of each day on which something of the cycle happened.</summary>
    Task PutAsync(WorkspaceId workspace, ConversationId conversation, CycleFact fact, CancellationToken cancellationToken);

    /// <summary>A later answer replaces an earlier one, whichever is told first.</summary>
    Task PutAsync(WorkspaceId workspace, SurveyId survey, SurveyFact fact, CancellationToken cancellationToken);

    /// <summary>
    /// The facts of the UTC days from the first to the last, in order; days without any are left out. A day is unpacked when its turn comes, so that
    /// years of them need little room.
    /// </summary>
    Task<IEnumerable<FactDay>> ReadAsync(WorkspaceId workspace, DateOnly first, DateOnly last, CancellationToken cancellationToken);

    /// <summary>Declares all roll-ups of a workspace void.</summary>
    /// <returns>How many days have facts.</returns>
    Task<int> VoidRollUpsAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    /// <summary>Makes the roll-ups that facts have come for, or that were declared void.</summary>
    /// <param name="workspace">Null: of all workspaces.</param>
    Task<int> RollUpAsync(WorkspaceId? workspace, CancellationToken cancellationToken);
}
