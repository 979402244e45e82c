using LiveDesk.Domain.Conversations;

namespace LiveDesk.Domain.AiAgents;

/// <summary>What an AI agent wants done besides what it says. It can touch nothing but the conversation it is asked about.</summary>
public abstract record AiEffect
{
    /// <param name="Reason">In the agent's words, for the people who take over.</param>
    public sealed record HandOff(string? Reason) : AiEffect;

    /// <param name="Note">The category is one of the workspace's, or null.</param>
    public sealed record Close(ClosingNote? Note) : AiEffect;

    public sealed record AddTags(IReadOnlyList<string> Tags) : AiEffect;

    public sealed record RemoveTags(IReadOnlyList<string> Tags) : AiEffect;

    /// <summary>Tells people something without giving the conversation up.</summary>
    public sealed record Notify(string Text) : AiEffect;
}
