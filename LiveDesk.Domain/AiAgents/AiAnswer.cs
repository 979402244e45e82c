namespace LiveDesk.Domain.AiAgents;

/// <summary>What came of asking an AI agent.</summary>
public abstract record AiAnswer
{
    /// <param name="Text">For the customer; null or empty: nothing is said.</param>
    /// <param name="Cut">The text ends where the model had to stop, perhaps in the middle of a sentence.</param>
    /// <param name="Understood">False: the agent itself says that it did not understand, and <paramref name="Text"/> says so to the customer.</param>
    public sealed record Said(string? Text, IReadOnlyList<AiEffect> Effects, bool Cut = false, bool Understood = true) : AiAnswer;

    /// <summary>No answer that could be given to the customer.</summary>
    /// <param name="Detail">In words, for the people who take over; says nothing of keys and addresses.</param>
    public sealed record Failed(HandOffReason Reason, string? Detail) : AiAnswer;
}
