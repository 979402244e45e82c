using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>
/// Gives a conversation to a person without ever exceeding a limit: the slot is claimed first, together with the held count, and only then the
/// owner is written.
/// </summary>
public sealed class PersonAssigner(
    IDeskStore desk, IContactStore contacts, IResourceStore<Team> teams, ContactTransactions transactions, OutboxDispatcher dispatcher,
    IWorkQueues queues, TimeProvider time)
{
    private const int ClaimAttempts = 50;

    /// <returns>False if nobody is free; true if the conversation has an owner or needs none any more.</returns>
    /// <param name="notTo">Who has just let the customer wait.</param>
    public async Task<bool> GiveAsync(
        Channel channel, Conversation conversation, RouteStep step, string? notTo, CancellationToken cancellationToken)
    {
        Team? team = step.Kind == RouteKind.Team
            ? (await teams.ListRecentAsync(channel.Workspace, cancellationToken)).FirstOrDefault(t => t.Id == step.Id)
            : null;
        string reason = step.Reason ?? PeopleOfStep.Reason(channel.Settings.Assignment.Strategy);
        return await ClaimAsync(channel, conversation, reason, team?.Id, (people, now) =>
        {
            IReadOnlyList<PersonCandidate> candidates = PeopleOfStep.Of(step, channel, team, people, notTo, now);
            return PeopleOfStep.Choose(candidates, channel.Settings.Assignment).AgentId;
        }, cancellationToken);
    }

    /// <summary>A returning customer goes to the last owner, if that person is there and below the limit.</summary>
    public async Task<bool> GiveToFormerOwnerAsync(Channel channel, Conversation conversation, CancellationToken cancellationToken)
    {
        if (!channel.Settings.Assignment.KeepOwnerOnReopen || await FormerOwnerAsync(channel, conversation, cancellationToken) is not { } former) return false;
        string reason = conversation.FormerOwner is null ? "returning_contact" : "reopened";
        return await ClaimAsync(channel, conversation, reason, null, (people, now) =>
        {
            IReadOnlyList<PersonCandidate> candidates = PeopleOfStep.Of(new RouteStep(RouteKind.Agent, former), channel, null, people, null, now);
            return candidates.FirstOrDefault(c => c.AgentId == former) is { } person
                ? PeopleSelection.FormerOwner(person, channel.Settings.Assignment.Limit).AgentId
                : null;
        }, cancellationToken);
    }

    private async Task<string?> FormerOwnerAsync(Channel channel, Conversation conversation, CancellationToken cancellationToken)
    {
        Owner? former = conversation.FormerOwner;
        if (former is null && conversation.Id.Number > 1)
        {
            var previous = conversation.Id with { Number = conversation.Id.Number - 1 };
            former = (await contacts.FindConversationAsync(channel.Workspace, previous, cancellationToken))?.Conversation.Owner;
        }
        return former is { Kind: OwnerKind.Agent } ? former.Id : null;
    }

    private async Task<bool> ClaimAsync(
        Channel channel, Conversation conversation, string reason, string? team,
        Func<IReadOnlyList<AgentSnapshot>, DateTimeOffset, string?> choose, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < ClaimAttempts; attempt++)
        {
            IReadOnlyList<AgentSnapshot> people = await desk.ListAgentsAsync(channel.Workspace, cancellationToken);
            if (await JoinTurnsAsync(channel, people, cancellationToken)) continue;
            DateTimeOffset now = time.GetUtcNow();
            string? choice = choose(people, now);
            AgentSnapshot? chosen = people.FirstOrDefault(p => p.Agent.Id.Value == choice);
            var slot = chosen is null ? null : new AgentSlot(conversation.Id, chosen.Agent.Id, conversation.OwnerVersion + 1);
            if (slot is not null && await desk.ClaimAsync(chosen!, slot, channel.Id, now, cancellationToken))
            {
                await WriteOwnerAsync(channel.Workspace, slot, chosen!.Agent.Name, reason, team, cancellationToken);
                return true;
            }
            // Also if nobody is free: it may be for this very conversation that somebody is not.
            if (await desk.FindSlotAsync(channel.Workspace, conversation.Id, cancellationToken) is { } claimed)
            {
                if (claimed.OwnerVersion <= conversation.OwnerVersion)
                {
                    // A former owner's, which nobody has freed yet.
                    await desk.MoveAsync(channel.Workspace, conversation.Id, claimed, null, cancellationToken);
                    continue;
                }
                // An earlier try claimed this slot and died before it wrote the owner.
                string? name = people.FirstOrDefault(p => p.Agent.Id == claimed.Agent)?.Agent.Name;
                await WriteOwnerAsync(channel.Workspace, claimed, name, reason, team, cancellationToken);
                return true;
            }
            if (chosen is null) return false;
        }
        return false;
    }

    /// <summary>
    /// Everybody of a channel that is served in turn has a turn. The first members get theirs together; who joins later comes after those who are there.
    /// </summary>
    /// <returns>True if somebody joined, so that people have to be read again.</returns>
    private async Task<bool> JoinTurnsAsync(Channel channel, IReadOnlyList<AgentSnapshot> people, CancellationToken cancellationToken)
    {
        if (channel.Settings.Assignment.Strategy != AssignmentStrategy.Sequential) return false;
        AgentSnapshot[] joined = [.. people.Where(p => channel.AgentIds.Contains(p.Agent.Id) && !p.Agent.Turns.ContainsKey(channel.Id.Value))];
        DateTimeOffset now = time.GetUtcNow();
        foreach (AgentSnapshot person in joined) await desk.ReplaceAgentAsync(person, person.Agent.WithTurn(channel.Id, now), cancellationToken);
        return joined.Length > 0;
    }

    private async Task WriteOwnerAsync(
        WorkspaceId workspace, AgentSlot slot, string? name, string reason, string? team, CancellationToken cancellationToken)
    {
        var command = new AssignCommand(
            slot.Conversation, Owner.Agent(slot.Agent, name), team, reason, Actor.System, OnlyIfUnowned: true, SlotClaimed: true);
        Result<Committed> assigned = await transactions.RunAsync(
            workspace, slot.Conversation.Contact, (state, now) => AssignConversation.Decide(state, command, now), cancellationToken);
        if (assigned.Accepted) await dispatcher.DispatchAsync(assigned.Value, cancellationToken);
        else await queues.PutAsync(new SlotWork(workspace, slot.Conversation), cancellationToken);
    }
}
