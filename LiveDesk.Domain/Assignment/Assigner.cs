using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>
/// Gives conversations to people without ever exceeding a limit: the slot is claimed first, together with the held count, and only then
/// the owner is written. Whoever finds nobody free waits in the channel's queue, in order.
/// </summary>
public sealed class Assigner(
    IDeskStore desk, IWaitingStore waiting, IContactStore contacts, IChannelDirectory channels, ContactTransactions transactions,
    OutboxDispatcher dispatcher, AssignmentTurns turns, TimeProvider time)
{
    private const int ClaimAttempts = 50;
    private const int Page = 20;

    /// <summary>For a conversation that has just been opened or handed over.</summary>
    public async Task AssignAsync(WorkspaceId workspace, ConversationId id, CancellationToken cancellationToken)
    {
        using IDisposable turn = await turns.EnterAsync(workspace, cancellationToken);
        if (await NeedsOwnerAsync(workspace, id, cancellationToken) is not { } conversation) return;
        if (await channels.FindAsync(workspace, conversation.Channel, cancellationToken) is not { Settings.Assignment.Auto: true } channel) return;
        string queue = QueueOf(channel.Id);
        IReadOnlyList<WaitingConversation> ahead = await waiting.ListAsync(workspace, queue, 1, cancellationToken);
        if (ahead.Count == 0 && await GiveAsync(channel, conversation, cancellationToken)) return;
        await waiting.AddAsync(workspace, Waiting(conversation), cancellationToken);
        await DrainAsync(channel, cancellationToken);
    }

    /// <summary>Somebody may have become free: hands out what waits in the workspace.</summary>
    public async Task DrainAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        using IDisposable turn = await turns.EnterAsync(workspace, cancellationToken);
        await DrainAllAsync(workspace, cancellationToken);
    }

    /// <summary>Makes the slot of a conversation agree with its owner, whoever changed it, and hands out what that frees.</summary>
    public async Task SyncSlotAsync(WorkspaceId workspace, ConversationId id, CancellationToken cancellationToken)
    {
        using IDisposable turn = await turns.EnterAsync(workspace, cancellationToken);
        for (int attempt = 0; attempt < ClaimAttempts; attempt++)
        {
            Conversation? conversation = (await contacts.FindConversationAsync(workspace, id, cancellationToken))?.Conversation;
            AgentSlot? held = await desk.FindSlotAsync(workspace, id, cancellationToken);
            AgentSlot? wanted = Wanted(conversation);
            if (held?.Agent == wanted?.Agent) return;
            if (!await desk.MoveAsync(workspace, id, held, wanted, cancellationToken)) continue;
            // The owner may have changed between the read and the move: agree with what is there now.
            Conversation? now = (await contacts.FindConversationAsync(workspace, id, cancellationToken))?.Conversation;
            if (Wanted(now)?.Agent != wanted?.Agent) continue;
            if (held is not null) await DrainAllAsync(workspace, cancellationToken);
            return;
        }
        throw new InvalidOperationException($"The slot of {id} did not come to rest.");
    }

    private async Task DrainAllAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        foreach (string queue in await waiting.QueuesAsync(workspace, cancellationToken))
            if (ChannelId.TryParse(queue, out ChannelId id) && await channels.FindAsync(workspace, id, cancellationToken) is { } channel)
                await DrainAsync(channel, cancellationToken);
    }

    private async Task DrainAsync(Channel channel, CancellationToken cancellationToken)
    {
        while (true)
        {
            IReadOnlyList<WaitingConversation> next = await waiting.ListAsync(channel.Workspace, QueueOf(channel.Id), Page, cancellationToken);
            foreach (WaitingConversation candidate in next)
            {
                Conversation? conversation = await NeedsOwnerAsync(channel.Workspace, candidate.Conversation, cancellationToken);
                // Served already: whoever did it may have died before telling.
                if (conversation is null) await dispatcher.TellLeftOversAsync(channel.Workspace, candidate.Conversation.Contact, cancellationToken);
                else if (!await GiveAsync(channel, conversation, cancellationToken)) return;
                await waiting.RemoveAsync(channel.Workspace, candidate, cancellationToken);
            }
            if (next.Count < Page) return;
        }
    }

    /// <returns>False if nobody is free; true if the conversation has an owner or needs none any more.</returns>
    private async Task<bool> GiveAsync(Channel channel, Conversation conversation, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < ClaimAttempts; attempt++)
        {
            IReadOnlyList<AgentSnapshot> people = await desk.ListAgentsAsync(channel.Workspace, cancellationToken);
            if (await ChooseAsync(channel, conversation, people, cancellationToken) is not ({ } chosen, { } reason)) return false;
            var slot = new AgentSlot(conversation.Id, chosen.Agent.Id, conversation.OwnerVersion + 1);
            if (await desk.ClaimAsync(chosen, slot, time.GetUtcNow(), cancellationToken))
            {
                await WriteOwnerAsync(channel.Workspace, slot, chosen.Agent.Name, reason, cancellationToken);
                return true;
            }
            if (await desk.FindSlotAsync(channel.Workspace, conversation.Id, cancellationToken) is { } claimed)
            {
                // An earlier try claimed this slot and died before it wrote the owner.
                string? name = people.FirstOrDefault(p => p.Agent.Id == claimed.Agent)?.Agent.Name;
                await WriteOwnerAsync(channel.Workspace, claimed, name, reason, cancellationToken);
                return true;
            }
        }
        return false;
    }

    private async Task WriteOwnerAsync(WorkspaceId workspace, AgentSlot slot, string? name, string reason, CancellationToken cancellationToken)
    {
        var command = new AssignCommand(
            slot.Conversation, Owner.Agent(slot.Agent, name), null, reason, Actor.System, OnlyIfUnowned: true, SlotClaimed: true);
        Result<Committed> assigned = await transactions.RunAsync(
            workspace, slot.Conversation.Contact, (state, now) => AssignConversation.Decide(state, command, now), cancellationToken);
        if (assigned.Accepted) await dispatcher.DispatchAsync(assigned.Value, cancellationToken);
        else await desk.MoveAsync(workspace, slot.Conversation, slot, null, cancellationToken);
    }

    private async Task<(AgentSnapshot? Agent, string? Reason)> ChooseAsync(
        Channel channel, Conversation conversation, IReadOnlyList<AgentSnapshot> people, CancellationToken cancellationToken)
    {
        AgentSnapshot[] free = [.. people.Where(p => p.Agent.Presence == Presence.Online
            && channel.AgentIds.Contains(p.Agent.Id)
            && p.Agent.Held < (p.Agent.Limit ?? channel.Settings.Assignment.Limit ?? int.MaxValue))];
        if (channel.Settings.Assignment.KeepOwnerOnReopen && conversation.Id.Number > 1)
        {
            var previous = conversation.Id with { Number = conversation.Id.Number - 1 };
            Owner? last = (await contacts.FindConversationAsync(channel.Workspace, previous, cancellationToken))?.Conversation.Owner;
            if (last is not null && free.FirstOrDefault(p => last.IsAgent(p.Agent.Id.Value)) is { } known) return (known, "returning_contact");
        }
        AgentSnapshot? chosen = free
            .OrderBy(p => p.Agent.Held).ThenBy(p => p.Agent.LastAssignedAt ?? DateTimeOffset.MinValue).ThenBy(p => p.Agent.Id.Value, StringComparer.Ordinal)
            .FirstOrDefault();
        return (chosen, chosen is null ? null : "load");
    }

    private async Task<Conversation?> NeedsOwnerAsync(WorkspaceId workspace, ConversationId id, CancellationToken cancellationToken) =>
        (await contacts.FindConversationAsync(workspace, id, cancellationToken))?.Conversation is { Status: ConversationStatus.Open, Owner.Kind: OwnerKind.None } open
            ? open
            : null;

    private static AgentSlot? Wanted(Conversation? conversation) =>
        conversation is { Status: ConversationStatus.Open, Owner.Kind: OwnerKind.Agent } && AgentId.TryParse(conversation.Owner.Id, out AgentId agent)
            ? new AgentSlot(conversation.Id, agent, conversation.OwnerVersion)
            : null;

    private static WaitingConversation Waiting(Conversation conversation) =>
        new(conversation.Id, QueueOf(conversation.Channel), conversation.Priority, conversation.CustomerWaitingSince ?? conversation.OpenedAt);

    private static string QueueOf(ChannelId channel) => channel.Value;
}
