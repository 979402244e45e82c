using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;

namespace LiveDesk.Domain.AiAgents;

public enum AiRole
{
    /// <summary>What the customer wrote. Nothing of the customer's ever has another role.</summary>
    Customer,

    /// <summary>What the company wrote: people, machines, greetings.</summary>
    Desk,
}

public sealed record AiLine(AiRole Role, string Text);

/// <summary>All that an AI agent gets to know.</summary>
public sealed record AiQuestion
{
    public required AiAgent Agent { get; init; }
    public required ConversationId Conversation { get; init; }

    /// <summary>The same for every try to answer the same messages.</summary>
    public required string RequestId { get; init; }

    public required ChannelType ChannelType { get; init; }

    /// <summary>The customer's, as a language tag (<c>es</c>, <c>pt-BR</c>); null if unknown.</summary>
    public string? Language { get; init; }

    /// <summary>What the customer is called, by the customer's own account.</summary>
    public string? CustomerName { get; init; }

    /// <summary>What was said before, oldest first.</summary>
    public IReadOnlyList<AiLine> History { get; init; } = [];

    /// <summary>What the customer wrote and nobody has answered, oldest first; at least one.</summary>
    public required IReadOnlyList<string> Unanswered { get; init; }

    /// <summary>Whether <see cref="Unanswered"/> holds nothing but files, places and the like.</summary>
    public bool Wordless { get; init; }

    /// <summary>The names of the categories that a closing note may have.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];
}

/// <summary>Asks one kind of AI agent.</summary>
public interface IAiEngine
{
    AiAgentKind Kind { get; }

    /// <summary>Never throws for what an endpoint or a network may do.</summary>
    /// <param name="question">What to answer.</param>
    /// <param name="deadline">Until when an answer is of use; waiting and trying again end before it.</param>
    /// <param name="cancellationToken">Cancelled at the deadline, too.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<AiAnswer> AskAsync(AiQuestion question, DateTimeOffset deadline, CancellationToken cancellationToken);
}
