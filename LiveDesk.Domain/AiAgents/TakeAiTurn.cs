using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.AiAgents;

/// <summary>An AI agent's answer, and what it was given to answer.</summary>
/// <param name="Before">How far the agent had come when it was asked.</param>
/// <param name="UpTo">The sequence number of the last customer message that it was shown.</param>
/// <param name="Channel">What the answer goes out on; null if it is gone.</param>
public sealed record AiTurn(
    ConversationId Conversation, AiAgentKind Kind, Actor Agent, AiProgress Before, long UpTo, AiAnswer Answer, Channel? Channel, ProviderTraits? Provider);

/// <summary>
/// Turns an AI agent's answer into what happens, if it is still wanted: everything that was computed for an earlier owner, or for less than the
/// customer has written by now, is discarded.
/// </summary>
public static class TakeAiTurn
{
    /// <summary>So often running an agent may say that it does not understand.</summary>
    public const int MostNotUnderstood = 2;

    public static Decision Decide(ContactState state, AiTurn turn, DateTimeOffset now)
    {
        if (AiTurnPlan.Held(state, turn.Conversation, turn.Before.OwnerVersion) is not { } conversation)
            return Refusal.Conflict("owner_changed", "The AI agent does not answer this conversation any more.");
        if (conversation.CustomerWaitingSince is not { } waiting) return Refusal.Conflict("answered", "The customer has an answer already.");
        if (AiProgress.Of(conversation) != turn.Before) return Refusal.Conflict("turn_taken", "The AI agent has answered in another turn.");

        HandOffReason? failed = Failure(turn, out string? detail);
        if (failed is { } reason) return HandOver(new Story(state, now), turn, reason, detail);
        // Whoever takes over reads everything; only the customer must not be answered past the question.
        bool leaves = Said(turn).Effects.Any(e => e is AiEffect.HandOff);
        if (!leaves && conversation.LastQuestion > turn.UpTo && now - waiting < AiTurnPlan.Patience)
            return Refusal.Conflict("superseded", "The customer has written more.");
        return Answer(state, turn, now);
    }

    /// <summary>The words first, then what goes with them, then the end of the agent's part.</summary>
    private static Decision Answer(ContactState state, AiTurn turn, DateTimeOffset now)
    {
        var story = new Story(state, now);
        AiAnswer.Said said = Said(turn);
        string? text = AnswerText.Fit(said.Text, turn.Provider!.MaximumTextLength, said.Cut);
        if (text is not null)
        {
            var command = new PostMessageCommand(turn.Conversation, turn.Agent, MessageContent.OfText(text), turn.Channel!, turn.Provider);
            if (story.Add(s => PostMessage.Decide(s, command, now)) is { } refusal) return Refused(story, turn, refusal);
        }
        foreach (AiEffect effect in said.Effects) Apply(story, turn, effect);
        if (said.Effects.OfType<AiEffect.HandOff>().FirstOrDefault() is { } handOff) return HandOver(story, turn, HandOffReason.Asked, handOff.Reason);

        int notUnderstood = said.Understood ? 0 : turn.Before.NotUnderstood + 1;
        var after = new AiProgress(turn.Before.OwnerVersion, turn.Before.Turns + 1, turn.UpTo, notUnderstood);
        story.Add(new AiTurnTaken(turn.Conversation, after, turn.Agent, now));
        if (said.Effects.OfType<AiEffect.Close>().FirstOrDefault() is { } close) Close(story, turn, close);
        return story.Decision;
    }

    /// <summary>Why people have to answer, if they have to.</summary>
    private static HandOffReason? Failure(AiTurn turn, out string? detail)
    {
        (HandOffReason? reason, detail) = turn switch
        {
            { Answer: AiAnswer.Failed failed } => (failed.Reason, failed.Detail),
            { Channel: null } or { Provider: null } => (HandOffReason.Misconfigured, "The channel is gone."),
            { Answer: AiAnswer.Said { Understood: false } said } when turn.Before.NotUnderstood + 1 >= MostNotUnderstood || string.IsNullOrWhiteSpace(said.Text) =>
                (HandOffReason.NotUnderstood, null),
            _ => ((HandOffReason?)null, (string?)null),
        };
        return reason;
    }

    private static void Apply(Story story, AiTurn turn, AiEffect effect)
    {
        switch (effect)
        {
            case AiEffect.Notify notify:
                story.Add(s => PostNote.Decide(s, turn.Conversation, turn.Agent, notify.Text, story.Now));
                break;
            case AiEffect.AddTags add:
                Tag(story, turn, add.Tags, []);
                break;
            case AiEffect.RemoveTags remove:
                Tag(story, turn, [], remove.Tags);
                break;
        }
    }

    /// <summary>Tags that nobody could give are left out; a conversation that is full of them gets no more.</summary>
    private static void Tag(Story story, AiTurn turn, IReadOnlyList<string> add, IReadOnlyList<string> remove)
    {
        string[] sound = [.. add.Where(t => !string.IsNullOrWhiteSpace(t) && t.Trim().Length <= TagConversation.MaximumLength && !t.Any(char.IsControl))];
        story.Add(s => TagConversation.Decide(s, turn.Conversation, sound, remove, turn.Agent, story.Now));
    }

    private static void Close(Story story, AiTurn turn, AiEffect.Close close)
    {
        var by = new ClosedBy(turn.Kind == AiAgentKind.Dialogflow ? ClosedSource.Dialogflow : ClosedSource.Ai, turn.Agent.Id);
        var command = new CloseCommand(turn.Conversation, by, close.Note, turn.Agent, turn.Channel!);
        story.Add(s => CloseConversation.Decide(s, command, story.Now));
    }

    private static Decision Refused(Story story, AiTurn turn, Refusal refusal) =>
        HandOver(story, turn, refusal.Code == "window_closed" ? HandOffReason.WindowClosed : HandOffReason.Error, refusal.Message);

    /// <summary>Leaves the conversation to people, with a note that says why.</summary>
    private static Decision HandOver(Story story, AiTurn turn, HandOffReason reason, string? detail)
    {
        string note = $"{turn.Agent.Name ?? "The AI agent"} handed over: {reason.Words()}.{(string.IsNullOrWhiteSpace(detail) ? "" : $" {detail.Trim()}")}";
        story.Add(s => PostNote.Decide(s, turn.Conversation, turn.Agent, note, story.Now));
        story.Add(new ConversationUnassigned(turn.Conversation, story.State.Latest!.Owner, reason.Code(), turn.Agent, story.Now));
        story.Add(new ConversationHandedOver(turn.Conversation, reason, turn.Agent, story.Now));
        // The machine that made the telling needless is gone, and the customer may not write again before somebody is there.
        if (turn is { Channel: { } channel, Provider: { } provider })
            story.Add(s => OutOfOffice.Decide(s, turn.Conversation, channel, provider.MaximumTextLength, story.Now));
        return story.Decision;
    }

    private static AiAnswer.Said Said(AiTurn turn) => (AiAnswer.Said)turn.Answer;

    /// <summary>Several decisions in a row, each on what the ones before it have made of the state.</summary>
    private sealed class Story(ContactState state, DateTimeOffset now)
    {
        private readonly List<DomainEvent> _events = [];

        public ContactState State { get; private set; } = state;

        public DateTimeOffset Now => now;

        public Decision Decision => Decision.Of([.. _events]);

        /// <returns>The refusal, if there is one; then nothing is added.</returns>
        public Refusal? Add(Func<ContactState, Decision> decide)
        {
            Decision decision = decide(State);
            foreach (DomainEvent happened in decision.Events) Add(happened);
            return decision.Refusal;
        }

        public void Add(DomainEvent happened)
        {
            _events.Add(happened);
            State = State.Apply(happened);
        }
    }
}
