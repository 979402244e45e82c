using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.AiAgents;

public enum AiTurnStep
{
    /// <summary>Ask the agent.</summary>
    Ask,

    /// <summary>The customer goes on writing: the turn of a later message answers all.</summary>
    LeaveToLater,

    /// <summary>Nothing waits for this agent.</summary>
    Nothing,
}

/// <summary>Whether an AI agent may answer now. Asked before the model is, and again when the answer is there.</summary>
public static class AiTurnPlan
{
    /// <summary>So long a customer who goes on writing waits for a first answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="upTo">The customer's latest message that the turn knows of.</param>
    public static AiTurnStep Look(ContactState state, ConversationId id, int ownerVersion, long upTo, DateTimeOffset now)
    {
        if (Held(state, id, ownerVersion) is not { CustomerWaitingSince: { } waiting } conversation) return AiTurnStep.Nothing;
        return conversation.LastQuestion > upTo && now - waiting < Patience ? AiTurnStep.LeaveToLater : AiTurnStep.Ask;
    }

    public static AiTurnStep Look(ContactState state, AiTurnWork work, DateTimeOffset now) =>
        Look(state, work.Conversation, work.OwnerVersion, work.UpTo, now);

    /// <summary>The conversation, if an AI agent holds it in this version and may write to this customer; else null.</summary>
    public static Conversation? Held(ContactState state, ConversationId id, int ownerVersion) =>
        state is { Contact: { Blocked: false } contact, Latest: { Status: ConversationStatus.Open, Quiet: false, Owner.Kind: OwnerKind.Ai } open }
        && open.Id == id && open.OwnerVersion == ownerVersion && !contact.IsOptedOut(open.Channel)
            ? open
            : null;
}
