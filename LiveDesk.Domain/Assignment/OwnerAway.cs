using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>
/// Where a channel says so, takes conversations from an owner who has been offline for its time and in which a customer waits. Where nobody
/// waits, the owner keeps the conversation; it is marked, so that the customer's next message has somebody look whether the owner is back.
/// Nothing is polled: one work item for each channel when a person goes offline.
/// </summary>
public sealed class OwnerAway(
    IDeskStore desk, IChannelDirectory channels, IInboxIndex inbox, ReleaseConversations release, ContactDesk contactDesk, IWorkQueues queues, TimeProvider time)
{
    private const int Page = 50;
    private const int Attempts = 5;

    private const string Reason = "owner_offline";

    /// <summary>A person went offline.</summary>
    public async Task LeftAsync(Agent agent, CancellationToken cancellationToken)
    {
        foreach (ChannelSnapshot snapshot in await channels.ListAsync(agent.Workspace, cancellationToken))
            if (snapshot.Channel is { Settings.Assignment.ReassignWhenOffline: { } grace } channel && channel.AgentIds.Contains(agent.Id))
                await queues.PutAsync(new OwnerAwayWork(agent.Workspace, channel.Id, agent.Id, agent.PresenceSince), cancellationToken, grace);
    }

    /// <summary>A conversation was given to somebody, or woke: nobody may know that its owner is not there.</summary>
    public async Task GivenAsync(WorkspaceId workspace, Conversation held, CancellationToken cancellationToken)
    {
        if (held is not { Status: ConversationStatus.Open, Owner: { Kind: OwnerKind.Agent, Id: { } owner } } || !AgentId.TryParse(owner, out AgentId id)) return;
        Channel? channel = await channels.FindAsync(workspace, held.Channel, cancellationToken);
        if (channel?.Settings.Assignment.ReassignWhenOffline is not { } grace) return;
        if (await desk.FindAgentAsync(workspace, id, cancellationToken) is { } read && read.Agent.PresenceAt(time.GetUtcNow()) == Presence.Offline)
            await queues.PutAsync(new OwnerAwayWork(workspace, held.Channel, id, null, held.Id), cancellationToken, grace);
    }

    public async Task RunAsync(OwnerAwayWork work, CancellationToken cancellationToken)
    {
        if (!await IsAwayAsync(work, cancellationToken)) return;
        if (work.Only is { } one)
        {
            await OneAsync(work, one, cancellationToken);
            return;
        }
        string? cursor = null;
        string view = InboxViews.OfAgent(ConversationStatus.Open, work.Agent.Value);
        do
        {
            PageOf<InboxItem> page = await inbox.ListAsync(work.Workspace, view, Page, cursor, cancellationToken);
            foreach (InboxItem item in page.Items)
                if (item.Conversation.Channel == work.Channel) await OneAsync(work, item.Conversation.Id, cancellationToken);
            cursor = page.NextCursor;
        }
        while (cursor is not null);
    }

    /// <summary>Whoever came back in between has another item for the next time.</summary>
    private async Task<bool> IsAwayAsync(OwnerAwayWork work, CancellationToken cancellationToken)
    {
        Channel? channel = await channels.FindAsync(work.Workspace, work.Channel, cancellationToken);
        if (channel?.Settings.Assignment.ReassignWhenOffline is not { } grace) return false;
        if (await desk.FindAgentAsync(work.Workspace, work.Agent, cancellationToken) is not { } read) return false;
        DateTimeOffset now = time.GetUtcNow();
        Agent agent = read.Agent.Settled(now);
        if (agent.Presence != Presence.Offline || (work.Since is { } since && since != agent.PresenceSince)) return false;
        if (agent.PresenceSince + grace is not { } due || due <= now) return true;
        // Of the conversation alone, or the channel gives more time than it did.
        await queues.PutAsync(work, cancellationToken, due - now);
        return false;
    }

    private async Task OneAsync(OwnerAwayWork work, ConversationId id, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            await release.OneAsync(work.Workspace, id, held => IsWaitedIn(held, work) ? Reason : null, cancellationToken);
            Result<Committed> marked = await contactDesk.RunAsync(
                work.Workspace, id.Contact,
                (state, now) => state.Latest is { } held && held.Id == id && !held.OwnerAway && IsHeld(held, work) && !IsWaitedIn(held, work)
                    ? new ConversationOwnerAway(id, now)
                    : Decision.Nothing,
                cancellationToken);
            // The customer may have written after the first look and before the second.
            if (!marked.Accepted || marked.Value.After.Latest is not { } after || after.Id != id || !IsWaitedIn(after, work)) return;
        }
        throw new InvalidOperationException($"{id} does not come to rest.");
    }

    private static bool IsWaitedIn(Conversation conversation, OwnerAwayWork work) => conversation.CustomerWaitingSince is not null && IsHeld(conversation, work);

    private static bool IsHeld(Conversation conversation, OwnerAwayWork work) =>
        conversation.Status == ConversationStatus.Open && conversation.Owner.IsAgent(work.Agent.Value) && conversation.Channel == work.Channel;
}
