using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>
/// Makes one contact of two. They live in two partitions, so it takes three transactions: the primary notes whom it is taking in; the secondary
/// closes its conversation and from then on leads to the primary; the primary takes over what the secondary knew. Each is safe to repeat, and a
/// hidden work item goes on from wherever the request died. It cannot be undone.
/// </summary>
public sealed class MergeContacts(IContactStore store, ContactTransactions transactions, OutboxDispatcher dispatcher, IWorkQueues queues)
{
    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    /// <param name="condition">Held against the primary before anything is changed.</param>
    /// <returns>The primary; the same when the two have been merged before.</returns>
    public async Task<Result<ContactSnapshot>> RunAsync(
        WorkspaceId workspace, ContactId primary, ContactId secondary, Actor by, CancellationToken cancellationToken,
        ContactTransactions.Condition? condition = null)
    {
        ContactSnapshot into = await store.LoadAsync(workspace, primary, cancellationToken);
        ContactSnapshot from = await store.LoadAsync(workspace, secondary, cancellationToken);
        if (MergeRules.Refused(primary, into.State.Contact, secondary, from.State.Contact) is { } refusal) return refusal;

        // Another merge of this contact, whose request has died or is just under way.
        if (into.State.Contact!.Merging is { } other && other != secondary)
            await FinishAsync(new MergeWork(workspace, primary, other, by), cancellationToken);
        var work = new MergeWork(workspace, primary, secondary, by);
        HiddenWork hidden = await queues.PutHiddenAsync(work, SafetyDelay, cancellationToken);
        Refusal? refused = from.State.Contact!.MergedInto == primary
            ? await ResumeAsync(work, cancellationToken)
            : await BeginAsync(work, condition, cancellationToken) ?? await FinishAsync(work, cancellationToken);
        await queues.RemoveAsync(hidden, cancellationToken);
        return refused is null ? await store.LoadAsync(workspace, primary, cancellationToken) : refused;
    }

    /// <summary>Goes on with a merge that was begun; one that was not, or is done, is left alone.</summary>
    public async Task<Refusal?> ResumeAsync(MergeWork work, CancellationToken cancellationToken)
    {
        await dispatcher.TellLeftOversAsync(work.Workspace, work.Secondary, cancellationToken);
        await dispatcher.TellLeftOversAsync(work.Workspace, work.Primary, cancellationToken);
        ContactSnapshot primary = await store.LoadAsync(work.Workspace, work.Primary, cancellationToken);
        return primary.State.Contact?.Merging == work.Secondary ? await FinishAsync(work, cancellationToken) : null;
    }

    private Task<Refusal?> BeginAsync(MergeWork work, ContactTransactions.Condition? condition, CancellationToken cancellationToken) =>
        StepAsync(work, work.Primary, (state, now) => MergeRules.Begin(state, work, now), cancellationToken, condition: condition);

    private async Task<Refusal?> FinishAsync(MergeWork work, CancellationToken cancellationToken)
    {
        if (await StepAsync(work, work.Secondary, (state, now) => MergeRules.Leave(state, work, now), cancellationToken) is { } refusal)
        {
            await StepAsync(work, work.Primary, (state, now) => MergeRules.Abandon(state, work, now), cancellationToken);
            return refusal;
        }
        // Nothing changes a contact that leads to another.
        Contact secondary = (await store.LoadAsync(work.Workspace, work.Secondary, cancellationToken)).State.Contact!;
        return await StepAsync(
            work, work.Primary, (state, now) => MergeRules.TakeOver(state, secondary, work, now), cancellationToken,
            SeenKey.Automatic($"merge:{work.Secondary}"));
    }

    private async Task<Refusal?> StepAsync(
        MergeWork work, ContactId contact, ContactTransactions.Decide decide, CancellationToken cancellationToken, SeenKey? seen = null,
        ContactTransactions.Condition? condition = null)
    {
        Result<Committed> done = await transactions.RunAsync(work.Workspace, contact, decide, cancellationToken, seen, condition: condition);
        if (done.Accepted) await dispatcher.DispatchAsync(done.Value, cancellationToken);
        return done.Refusal;
    }
}
