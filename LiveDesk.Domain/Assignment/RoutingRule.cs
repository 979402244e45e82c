using LiveDesk.Domain.Assignment.Matching;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

public enum RuleTargetKind
{
    Agent,
    Team,
    AiAgent,

    /// <summary>A named line in which conversations wait until a person takes one.</summary>
    Queue,
}

/// <param name="Id">An agent's, team's or AI agent's id; the name of a queue.</param>
public sealed record RuleTarget(RuleTargetKind Kind, string Id);

/// <summary>Who gets which conversations. The active rules are looked at in order; the first that matches decides, the rest are not looked at.</summary>
public sealed record RoutingRule : IResource
{
    public static string Kind => "rule";

    public required WorkspaceId Workspace { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public bool Active { get; init; } = true;

    /// <summary>Lower first; ties are broken by id.</summary>
    public int Position { get; init; }

    /// <summary>Empty: every channel.</summary>
    public IReadOnlyList<ChannelId> ChannelIds { get; init; } = [];

    public MatchConditions Match { get; init; } = new();
    public required RuleTarget Target { get; init; }

    /// <summary>How long a conversation waits for the target if it has nobody free; then the order goes on. Null: for ever.</summary>
    public TimeSpan? WaitTimeout { get; init; }

    public IReadOnlyList<string> AddTags { get; init; } = [];
    public required DateTimeOffset CreatedAt { get; init; }
}
