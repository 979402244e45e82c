using LiveDesk.Domain.Conversations;

namespace LiveDesk.Domain.AiAgents;

/// <summary>How far an AI agent has come in a conversation since it holds it.</summary>
/// <param name="OwnerVersion">The conversation's when the agent got it: whoever gets it anew begins anew.</param>
/// <param name="Turns">How many times it answered.</param>
/// <param name="AnsweredUpTo">The sequence number of the last customer message that an answer took into account.</param>
/// <param name="NotUnderstood">How many times running it did not understand.</param>
public sealed record AiProgress(int OwnerVersion, int Turns = 0, long AnsweredUpTo = 0, int NotUnderstood = 0)
{
    /// <summary>The present owner's.</summary>
    public static AiProgress Of(Conversation conversation) =>
        conversation.AiProgress is { } progress && progress.OwnerVersion == conversation.OwnerVersion
            ? progress
            : new AiProgress(conversation.OwnerVersion);
}
