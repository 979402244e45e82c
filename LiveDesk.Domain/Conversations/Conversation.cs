using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

public enum ConversationStatus
{
    Open,
    Snoozed,
    Closed,
}

public enum OwnerKind
{
    None,
    Agent,
    Ai,
}

/// <summary>Who answers the customer.</summary>
public sealed record Owner(OwnerKind Kind, string? Id = null, string? Name = null)
{
    public static readonly Owner None = new(OwnerKind.None);

    public static Owner Agent(AgentId id, string? name) => new(OwnerKind.Agent, id.Value, name);

    public static Owner Ai(string id, string? name) => new(OwnerKind.Ai, id, name);

    public bool IsAgent(string? id) => Kind == OwnerKind.Agent && Id == id;
}

public enum OpenedSource
{
    Contact,
    User,
    Workflow,
    Welcome,
}

public sealed record OpenedBy(OpenedSource Source, string? Id = null);

public enum ClosedSource
{
    User,
    Workflow,
    Dialogflow,
    Merge,
    Auto,
    Ai,
}

public sealed record ClosedBy(ClosedSource Source, string? Id = null);

/// <summary>Why and how a conversation ended, in the desk's own categories.</summary>
/// <param name="Category">Its name then.</param>
public sealed record ClosingNote(string? Category, string? Summary)
{
    /// <summary>Stays when the category gets another name; null: no category of the workspace, or a note of before ids were kept.</summary>
    public string? CategoryId { get; init; }
}

/// <summary>Queue order: higher first.</summary>
public enum Priority
{
    None,
    Low,
    Medium,
    High,
    Urgent,
}

/// <summary>The end of the thread, for lists.</summary>
public sealed record MessageDigest(MessageId Id, MessageDirection Direction, MessageKind Kind, string Preview, DateTimeOffset OccurredAt);

/// <summary>A person's reply: since when the customer had waited for it, and when it came.</summary>
public sealed record ReplyTime(string By, DateTimeOffset Since, DateTimeOffset At);

/// <summary>One exchange with a contact, from opening to close.</summary>
public sealed record Conversation
{
    /// <summary>How many replies of a cycle are remembered for the reports.</summary>
    public const int MostReplies = 50;

    public required ConversationId Id { get; init; }
    public required ChannelId Channel { get; init; }
    public ConversationStatus Status { get; init; } = ConversationStatus.Open;
    public Owner Owner { get; init; } = Owner.None;

    /// <summary>Rises with every change of owner. What was computed for an older version is discarded.</summary>
    public int OwnerVersion { get; init; }

    public string? TeamId { get; init; }
    public string? AssignmentReason { get; init; }
    public Priority Priority { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public required DateTimeOffset OpenedAt { get; init; }
    public required OpenedBy OpenedBy { get; init; }
    public DateTimeOffset? ClosedAt { get; init; }
    public ClosedBy? ClosedBy { get; init; }
    public ClosingNote? ClosingNote { get; init; }

    /// <summary>Opened by an opt-out keyword: such a conversation gets no greeting, AI answer or survey.</summary>
    public bool Quiet { get; init; }

    /// <summary>From 1; a reopened conversation starts the next cycle. Reports and surveys are per cycle.</summary>
    public int Cycle { get; init; } = 1;

    /// <summary>When this cycle began: the opening, or the last reopening; null: the opening.</summary>
    public DateTimeOffset? CycleOpenedAt { get; init; }

    /// <summary>Who had it before it was reopened; comes first when an owner is looked for.</summary>
    public Owner? FormerOwner { get; init; }

    /// <summary>When the present owner got it.</summary>
    public DateTimeOffset? OwnerSince { get; init; }

    /// <summary>The first reply by a person in this cycle.</summary>
    public DateTimeOffset? FirstReplyAt { get; init; }

    public string? FirstReplyBy { get; init; }

    /// <summary>Since when a person had held the conversation at the first reply; null: nobody had.</summary>
    public DateTimeOffset? FirstReplyAssignedAt { get; init; }

    /// <summary>How long people have held it in this cycle, snoozes left out, up to <see cref="HandlingSince"/>.</summary>
    public TimeSpan Handled { get; init; }

    /// <summary>Since when the present owner, a person, handles it; null: nobody does, or it is snoozed or closed.</summary>
    public DateTimeOffset? HandlingSince { get; init; }

    /// <summary>People's replies of this cycle to a customer who waited, oldest first; the first <see cref="MostReplies"/>.</summary>
    public IReadOnlyList<ReplyTime> Replies { get; init; } = [];

    /// <summary>An AI agent has answered in this cycle.</summary>
    public bool AiReplied { get; init; }

    /// <summary>When a person last wrote, if the customer has not answered since; auto-close counts from here.</summary>
    public DateTimeOffset? AwaitingCustomerSince { get; init; }

    /// <summary>When a person last wrote.</summary>
    public DateTimeOffset? LastHumanAt { get; init; }

    /// <summary>The closed period (<see cref="BusinessHours.BusinessHoursSchedule.ClosedPeriodId"/>) of which the customer has been told.</summary>
    public string? ToldClosedPeriod { get; init; }

    /// <summary>The customer is silent, so that the conversation does not fill its owner's slot until the customer writes.</summary>
    public bool Inactive { get; init; }

    /// <summary>The owner has been offline for the channel's time: when the customer writes, it is looked whether the owner is back.</summary>
    public bool OwnerAway { get; init; }

    /// <summary>Since when the customer has had no answer from a person or an AI agent; null when nobody waits.</summary>
    public DateTimeOffset? CustomerWaitingSince { get; init; }

    /// <summary>The sequence number of the customer's latest message, reactions apart: those ask for no answer.</summary>
    public long LastQuestion { get; init; }

    /// <summary>How far an AI agent has come; of an earlier owner if its version says so.</summary>
    public AiProgress? AiProgress { get; init; }

    /// <summary>Why an AI agent gave the conversation to people. While set, no AI agent gets it but by somebody's own choice.</summary>
    public HandOffReason? AiDone { get; init; }

    public MessageDigest? LastMessage { get; init; }

    /// <summary>Received time, not the provider's: it never goes back. Lists are sorted by it.</summary>
    public required DateTimeOffset LastActivityAt { get; init; }

    /// <summary>How many messages the customer wrote here.</summary>
    public int InboundCount { get; init; }

    /// <summary>Per person, or key that speaks for nobody, the <see cref="InboundCount"/> up to which has been read.</summary>
    public IReadOnlyDictionary<string, int> ReadUpTo { get; init; } = new Dictionary<string, int>();

    /// <summary>Rises when a timer (snooze, auto-close, reply) is set anew, so that an older one does nothing.</summary>
    public int TimerVersion { get; init; }

    /// <summary>When a snooze ends by itself; null: with the customer's next message only.</summary>
    public DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>Customer messages of the running minute; see <see cref="FloodGuard"/>.</summary>
    public FloodCount Flood { get; init; } = FloodCount.None;

    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOpen => Status != ConversationStatus.Closed;

    public int UnreadFor(string? reader) => Math.Max(0, InboundCount - (reader is null ? 0 : ReadUpTo.GetValueOrDefault(reader)));
}
