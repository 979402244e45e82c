using System.Collections.Concurrent;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.AiAgents;

/// <summary>What became of one turn; for the log.</summary>
public enum AiTurnResult
{
    /// <summary>Nobody waited for an AI agent, or a later turn answers.</summary>
    NothingToDo,

    Answered,

    /// <summary>People have it now.</summary>
    HandedOver,

    /// <summary>The answer came too late: somebody has taken the conversation, or the customer has written more.</summary>
    Discarded,
}

/// <summary>
/// Lets the AI agent that holds a conversation answer what the customer has written, all of it at once. Safe to repeat: whether anything is left
/// to answer is a fact of the conversation, written together with the answer.
/// </summary>
public sealed class AnswerCustomer(
    IContactStore contacts, IChannelDirectory channels, IProviderCatalog providers, IResourceStore<AiAgent> agents,
    IResourceStore<ClosingNoteCategory> categories, IEnumerable<IAiEngine> engines, ContactDesk desk, IWorkQueues queues, TimeProvider time)
{
    /// <summary>No model is waited for longer, whatever the agent's setting says.</summary>
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(2);

    // Two turns of one conversation that run beside each other make one of them look again.
    private const int Attempts = 4;

    private readonly ConcurrentDictionary<AiTurnWork, bool> _running = new();

    public async Task<AiTurnResult> RunAsync(AiTurnWork work, CancellationToken cancellationToken)
    {
        // The same work twice: the other's message is in the queue until it is done, so this one may go. Only the asking is spared, which costs and
        // which some agents remember.
        if (!_running.TryAdd(work, true)) return AiTurnResult.NothingToDo;
        try
        {
            return await TryAsync(work, cancellationToken);
        }
        finally
        {
            _running.TryRemove(work, out _);
        }
    }

    private async Task<AiTurnResult> TryAsync(AiTurnWork work, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            ContactSnapshot read = await contacts.LoadPrimaryAsync(work.Workspace, work.Conversation.Contact, cancellationToken);
            AiTurnStep step = AiTurnPlan.Look(read.State, work, time.GetUtcNow());
            if (step == AiTurnStep.LeaveToLater) await LookAgainAsync(work, cancellationToken);
            if (step != AiTurnStep.Ask) return AiTurnResult.NothingToDo;
            if (await TurnAsync(read, cancellationToken) is not { } turn) return AiTurnResult.NothingToDo;

            Result<Committed> done = await desk.RunAsync(
                work.Workspace, read.Id, (state, now) => TakeAiTurn.Decide(state, turn, now), cancellationToken, Key(turn), read: read);
            if (done.Accepted)
                return done.Value.After.Latest?.AiDone is null || done.Value.Repeated is not null ? AiTurnResult.Answered : AiTurnResult.HandedOver;
            if (done.Refusal!.Code == "superseded") await LookAgainAsync(work, cancellationToken);
            if (done.Refusal.Code != "turn_taken") return AiTurnResult.Discarded;
        }
        await LookAgainAsync(work, cancellationToken);
        return AiTurnResult.Discarded;
    }

    /// <summary>The turn of the later message will mostly have answered by then; a customer must not be left waiting if there is none.</summary>
    private Task LookAgainAsync(AiTurnWork work, CancellationToken cancellationToken) => queues.PutAsync(work, cancellationToken, AiTurnPlan.Patience);

    /// <returns>Null if there is nothing that a machine may answer.</returns>
    private async Task<AiTurn?> TurnAsync(ContactSnapshot read, CancellationToken cancellationToken)
    {
        Conversation conversation = read.State.Latest!;
        Channel? channel = await channels.FindAsync(read.Workspace, conversation.Channel, cancellationToken);
        AiAgent? agent = await AgentAsync(read.Workspace, conversation.Owner.Id!, cancellationToken);
        AiTurn turn = new(
            conversation.Id, agent?.AgentKind ?? AiAgentKind.Gpt, new Actor(ActorKind.Ai, conversation.Owner.Id, agent?.Name ?? conversation.Owner.Name),
            AiProgress.Of(conversation), conversation.LastQuestion, null!, channel, channel is null ? null : providers.Find(channel.Provider)?.Traits);

        if (Unanswerable(turn, agent, channel, read.State, time.GetUtcNow()) is { } failed) return turn with { Answer = failed };
        IReadOnlyList<Message> messages =
            await contacts.ListMessagesAsync(read.Workspace, conversation.Id, null, AiContext.Messages, cancellationToken);
        AiContext context = AiContext.Of(messages, conversation, channel!.Type);
        if (context.Unanswered.Count == 0) return null;
        return turn with { Answer = await AskAsync(Question(turn, agent!, channel, read.State.Contact!, context), cancellationToken) };
    }

    /// <summary>Why nobody need be asked.</summary>
    private static AiAnswer.Failed? Unanswerable(AiTurn turn, AiAgent? agent, Channel? channel, ContactState state, DateTimeOffset now)
    {
        if (agent is null) return new AiAnswer.Failed(HandOffReason.Misconfigured, "It has been deleted.");
        if (channel is null || turn.Provider is null) return new AiAnswer.Failed(HandOffReason.Misconfigured, "The channel is gone.");
        if (turn.Before.Turns >= agent.MaxTurns) return new AiAnswer.Failed(HandOffReason.TurnLimit, null);
        if (FloodGuard.IsHeld(state.Latest!, now)) return new AiAnswer.Failed(HandOffReason.Flood, null);
        return state.Contact!.IsWindowOpen(channel.Id, channel.Type, now) ? null : new AiAnswer.Failed(HandOffReason.WindowClosed, null);
    }

    private async Task<AiAnswer> AskAsync(AiQuestion question, CancellationToken cancellationToken)
    {
        if (engines.FirstOrDefault(e => e.Kind == question.Agent.AgentKind) is not { } engine)
            return new AiAnswer.Failed(HandOffReason.Misconfigured, $"There are no agents of the kind {question.Agent.AgentKind} here.");
        if (question.Agent.AgentKind == AiAgentKind.Gpt)
            question = question with { Categories = [.. (await categories.ListRecentAsync(question.Agent.Workspace, cancellationToken)).Select(c => c.Name)] };

        TimeSpan timeout = question.Agent.Timeout < LongestTimeout ? question.Agent.Timeout : LongestTimeout;
        using var late = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            return await engine.AskAsync(question, time.GetUtcNow() + timeout, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new AiAnswer.Failed(HandOffReason.Timeout, $"It was given {timeout.TotalSeconds:0.#} s.");
        }
    }

    private static AiQuestion Question(AiTurn turn, AiAgent agent, Channel channel, Contact contact, AiContext context) => new()
    {
        Agent = agent,
        Conversation = turn.Conversation,
        RequestId = $"{turn.Conversation}-{turn.Before.OwnerVersion}-{turn.UpTo}",
        ChannelType = channel.Type,
        Language = contact.Language,
        CustomerName = contact.Name,
        History = context.History,
        Unanswered = context.Unanswered,
        Wordless = context.Wordless,
    };

    /// <summary>One that another host has made in the last seconds is not among the recent ones.</summary>
    private async Task<AiAgent?> AgentAsync(WorkspaceId workspace, string id, CancellationToken cancellationToken) =>
        (await agents.ListRecentAsync(workspace, cancellationToken)).FirstOrDefault(a => a.Id == id)
        ?? (await agents.FindAsync(workspace, id, cancellationToken))?.Value;

    /// <summary>One effect for what one owner was asked.</summary>
    private static SeenKey Key(AiTurn turn) => SeenKey.Automatic($"ai:{turn.Conversation}:{turn.Before.OwnerVersion}:{turn.UpTo}");
}
