using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>
/// Finds owners for conversations: the last owner of a returning customer, then routing rules, then the AI agent, then people. Whoever finds
/// nobody free waits in line, in order. Outside business hours no person is given anything; the line is served at the next opening.
/// </summary>
public sealed class Assigner(
    PersonAssigner people, RoutePlanner planner, IWaitingStore waiting, IContactStore contacts, IChannelDirectory channels, IDeskStore desk,
    IResourceStore<AiAgent> aiAgents, ContactTransactions transactions, OutboxDispatcher dispatcher, AssignmentTurns turns, IWorkQueues queues,
    TimeProvider time)
{
    private const int Page = 50;
    private const int SyncAttempts = 50;

    /// <summary>For a conversation that has nobody.</summary>
    public async Task AssignAsync(AssignmentWork work, CancellationToken cancellationToken)
    {
        WorkspaceId workspace = work.Workspace;
        using IDisposable turn = await turns.EnterAsync(workspace, cancellationToken);
        ContactState state = (await contacts.LoadAsync(workspace, work.Conversation.Contact, cancellationToken)).State;
        if (state.Latest is not { } conversation || conversation.Id != work.Conversation || !NeedsOwner(conversation)) return;
        if (await channels.FindAsync(workspace, conversation.Channel, cancellationToken) is not { } channel) return;
        bool isOpen = planner.IsOpen(channel);
        RouteStep? decided = work.TeamId is { } team ? new RouteStep(RouteKind.Team, team, work.Reason ?? $"team:{team}")
            : work.AgentId is { } agent ? new RouteStep(RouteKind.Agent, agent, work.Reason)
            : null;
        bool firstTry = !work.SkipRules && decided is null && work.NotTo is null;
        bool untried = !isOpen && (firstTry || (work.SkipRules && await waiting.FindAsync(workspace, conversation.Id, cancellationToken) is { Untried: true }));
        if (firstTry && isOpen && await people.GiveToFormerOwnerAsync(channel, conversation, cancellationToken)) return;

        Route route = decided is not null
            ? new Route([decided], null, [])
            : await planner.PlanAsync(channel, state, work.SkipRules, cancellationToken);
        if (route.Rule is { AddTags.Count: > 0 } rule) await TagAsync(workspace, conversation.Id, rule, cancellationToken);
        foreach (RouteStep step in route.Steps)
            if (await TryAsync(channel, conversation, step, isOpen, work.NotTo, untried, cancellationToken)) return;
    }

    /// <summary>Somebody may have become free: hands out what waits in the workspace.</summary>
    public async Task DrainAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        using IDisposable turn = await turns.EnterAsync(workspace, cancellationToken);
        await DrainAllAsync(workspace, cancellationToken);
    }

    /// <summary>Makes the slot of a conversation agree with its owner, whoever changed it, and hands out what that frees.</summary>
    /// <param name="isRepeated">An earlier try may have freed the slot and died before it handed anything out.</param>
    /// <returns>The conversation as it was then.</returns>
    public async Task<Conversation?> SyncSlotAsync(WorkspaceId workspace, ConversationId id, bool isRepeated, CancellationToken cancellationToken)
    {
        using IDisposable turn = await turns.EnterAsync(workspace, cancellationToken);
        for (int attempt = 0; attempt < SyncAttempts; attempt++)
        {
            Conversation? conversation = (await contacts.FindConversationAsync(workspace, id, cancellationToken))?.Conversation;
            AgentSlot? held = await desk.FindSlotAsync(workspace, id, cancellationToken);
            AgentSlot? wanted = Wanted(conversation);
            if (held?.Agent != wanted?.Agent)
            {
                if (!await desk.MoveAsync(workspace, id, held, wanted, cancellationToken)) continue;
                // The owner may have changed between the read and the move: agree with what is there now.
                Conversation? now = (await contacts.FindConversationAsync(workspace, id, cancellationToken))?.Conversation;
                if (Wanted(now)?.Agent != wanted?.Agent) continue;
                if (held is not null) await DrainAllAsync(workspace, cancellationToken);
            }
            else if (isRepeated) await DrainAllAsync(workspace, cancellationToken);
            await SyncPlaceAsync(workspace, id, conversation, cancellationToken);
            return conversation;
        }
        throw new InvalidOperationException($"The slot of {id} did not come to rest.");
    }

    /// <summary>Who has an owner, sleeps or is closed waits no longer; who has become more urgent moves up.</summary>
    private async Task SyncPlaceAsync(WorkspaceId workspace, ConversationId id, Conversation? conversation, CancellationToken cancellationToken)
    {
        if (await waiting.FindAsync(workspace, id, cancellationToken) is not { } place) return;
        if (conversation is null || !NeedsOwner(conversation)) await waiting.RemoveAsync(workspace, place, cancellationToken);
        else if (place.Priority != conversation.Priority)
            await waiting.PutAsync(workspace, place with { Priority = conversation.Priority }, cancellationToken);
    }

    /// <returns>True if the search ends here: it has an owner, or waits.</returns>
    private async Task<bool> TryAsync(
        Channel channel, Conversation conversation, RouteStep step, bool isOpen, string? notTo, bool untried, CancellationToken cancellationToken)
    {
        if (step.Kind == RouteKind.AiAgent) return await GiveToAiAsync(channel.Workspace, conversation, step, cancellationToken);
        string queue = WaitingLines.Of(step, channel.Id);
        bool mayGive = isOpen && step.Kind != RouteKind.Queue;
        if (mayGive && (await waiting.ListAsync(channel.Workspace, queue, 1, cancellationToken)).Count == 0
            && await people.GiveAsync(channel, conversation, step, notTo, cancellationToken)) return true;
        DateTimeOffset now = time.GetUtcNow();
        var place = new WaitingConversation(
            conversation.Id, queue, conversation.Priority, conversation.CustomerWaitingSince ?? conversation.OpenedAt, step.Reason, now + step.WaitTimeout,
            untried);
        await waiting.PutAsync(channel.Workspace, place, cancellationToken);
        // The conversation's orchestration looks again, to wake when the waiting time is over or the channel opens.
        if (place.Until is not null || !isOpen)
            await queues.PutAsync(new LifecycleWork(channel.Workspace, conversation.Id, LifecycleSignal.Changed, conversation.Cycle), cancellationToken);
        if (mayGive) await DrainAsync(channel.Workspace, queue, cancellationToken);
        return true;
    }

    private async Task<bool> GiveToAiAsync(WorkspaceId workspace, Conversation conversation, RouteStep step, CancellationToken cancellationToken)
    {
        string? name = (await aiAgents.ListRecentAsync(workspace, cancellationToken)).FirstOrDefault(a => a.Id == step.Id)?.Name;
        var command = new AssignCommand(conversation.Id, Owner.Ai(step.Id!, name), null, step.Reason!, Actor.System, OnlyIfUnowned: true);
        Result<Committed> assigned = await transactions.RunAsync(
            workspace, conversation.Id.Contact, (state, now) => AssignConversation.Decide(state, command, now), cancellationToken);
        if (assigned.Accepted) await dispatcher.DispatchAsync(assigned.Value, cancellationToken);
        return true;
    }

    private async Task TagAsync(WorkspaceId workspace, ConversationId id, RoutingRule rule, CancellationToken cancellationToken)
    {
        Result<Committed> tagged = await transactions.RunAsync(
            workspace, id.Contact, (state, now) => TagConversation.Decide(state, id, rule.AddTags, [], Actor.System, now), cancellationToken);
        if (tagged.Accepted) await dispatcher.DispatchAsync(tagged.Value, cancellationToken);
    }

    private async Task DrainAllAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        foreach (string queue in await waiting.QueuesAsync(workspace, cancellationToken)) await DrainAsync(workspace, queue, cancellationToken);
    }

    /// <summary>Serves a line in its order until nobody is free. Who waits for other people than those in front is not held up by them.</summary>
    private async Task DrainAsync(WorkspaceId workspace, string queue, CancellationToken cancellationToken)
    {
        var busy = new HashSet<ChannelId>();
        while (true)
        {
            IReadOnlyList<WaitingConversation> line = await waiting.ListAsync(workspace, queue, Page, cancellationToken);
            int left = 0;
            foreach (WaitingConversation next in line)
            {
                if (await ServeAsync(workspace, next, busy, cancellationToken)) continue;
                left++;
                if (WaitingLines.IsOfOneChannel(queue)) return;
            }
            if (line.Count < Page || left == line.Count) return;
        }
    }

    /// <returns>False if it has to go on waiting.</returns>
    private async Task<bool> ServeAsync(WorkspaceId workspace, WaitingConversation next, HashSet<ChannelId> busy, CancellationToken cancellationToken)
    {
        Conversation? conversation = (await contacts.FindConversationAsync(workspace, next.Conversation, cancellationToken))?.Conversation;
        if (conversation is null || !NeedsOwner(conversation))
        {
            // Served already: whoever did it may have died before telling.
            await dispatcher.TellLeftOversAsync(workspace, next.Conversation.Contact, cancellationToken);
        }
        else
        {
            if (busy.Contains(conversation.Channel)) return false;
            if (await channels.FindAsync(workspace, conversation.Channel, cancellationToken) is { } channel
                && !await GiveAsync(channel, conversation, next, busy, cancellationToken)) return false;
        }
        await waiting.RemoveAsync(workspace, next, cancellationToken);
        return true;
    }

    private async Task<bool> GiveAsync(
        Channel channel, Conversation conversation, WaitingConversation place, HashSet<ChannelId> busy, CancellationToken cancellationToken)
    {
        bool isOpen = planner.IsOpen(channel);
        // As it would have gone had the customer come back within business hours.
        if (isOpen && place.Untried && await people.GiveToFormerOwnerAsync(channel, conversation, cancellationToken)) return true;
        if (WaitingLines.StepOf(place) is not { } step) return false;
        if (isOpen && await people.GiveAsync(channel, conversation, step, null, cancellationToken)) return true;
        busy.Add(channel.Id);
        return false;
    }

    private static bool NeedsOwner(Conversation conversation) =>
        conversation is { Status: ConversationStatus.Open, Owner.Kind: OwnerKind.None };

    private static AgentSlot? Wanted(Conversation? conversation) =>
        conversation is { Status: ConversationStatus.Open, Inactive: false, Owner.Kind: OwnerKind.Agent }
        && AgentId.TryParse(conversation.Owner.Id, out AgentId agent)
            ? new AgentSlot(conversation.Id, agent, conversation.OwnerVersion)
            : null;
}
