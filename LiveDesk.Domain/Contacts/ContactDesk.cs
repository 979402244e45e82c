using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>
/// A write on a contact that no queue message stands behind (an API call, an activity). A hidden work item is put before the write,
/// so that a crash right after it leaves nothing unsent or untold.
/// </summary>
public sealed class ContactDesk(ContactTransactions transactions, OutboxDispatcher dispatcher, IWorkQueues queues)
{
    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    /// <summary>The parameters are those of <see cref="ContactTransactions.RunAsync"/>.</summary>
    public async Task<Result<Committed>> RunAsync(
        WorkspaceId workspace, ContactId contact, ContactTransactions.Decide decide, CancellationToken cancellationToken,
        SeenKey? seen = null, string? fingerprint = null, ContactSnapshot? read = null, ContactTransactions.Condition? condition = null)
    {
        HiddenWork hidden = await queues.PutHiddenAsync(new OutboundWork(workspace, contact), SafetyDelay, cancellationToken);
        Result<Committed> result = await transactions.RunAsync(workspace, contact, decide, cancellationToken, seen, fingerprint, read, condition);
        if (result.Accepted && result.Value.Events.Any(e => e is MessagePosted { To: not null }))
        {
            // The sender tells the events together with the send's outcome.
            await queues.RevealAsync(hidden, cancellationToken);
            return result;
        }
        if (result.Accepted) await dispatcher.DispatchAsync(result.Value, cancellationToken);
        await queues.RemoveAsync(hidden, cancellationToken);
        return result;
    }
}
