using System.Text.Json.Serialization;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workflows;

namespace LiveDesk.Domain.Workspaces;

/// <summary>What is put on a queue: enough to find the work, never the work itself, since the same item may come more than once.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "work")]
[JsonDerivedType(typeof(InboundWork), "inbound")]
[JsonDerivedType(typeof(OutboundWork), "outbound")]
[JsonDerivedType(typeof(AssignmentWork), "assign")]
[JsonDerivedType(typeof(SlotWork), "slot")]
[JsonDerivedType(typeof(DrainWork), "drain")]
[JsonDerivedType(typeof(AgentGoneWork), "agentGone")]
[JsonDerivedType(typeof(AiAgentGoneWork), "aiAgentGone")]
[JsonDerivedType(typeof(ChannelReleaseWork), "channelRelease")]
[JsonDerivedType(typeof(PresenceWork), "presence")]
[JsonDerivedType(typeof(OwnerAwayWork), "ownerAway")]
[JsonDerivedType(typeof(ErasureWork), "erasure")]
[JsonDerivedType(typeof(LifecycleWork), "lifecycle")]
[JsonDerivedType(typeof(MediaWork), "media")]
[JsonDerivedType(typeof(MergeWork), "merge")]
[JsonDerivedType(typeof(WorkflowWork), "workflow")]
[JsonDerivedType(typeof(AiTurnWork), "ai-turn")]
[JsonDerivedType(typeof(WebhookWork), "webhook")]
[JsonDerivedType(typeof(DeliveryWork), "delivery")]
[JsonDerivedType(typeof(CycleWork), "cycle-fact")]
[JsonDerivedType(typeof(SurveyWork), "survey-fact")]
[JsonDerivedType(typeof(RollUpWork), "roll-up")]
public abstract record WorkItem
{
    /// <summary>The queue it goes to.</summary>
    [JsonIgnore]
    public abstract string Queue { get; }

    /// <summary>How long it waits unseen where nobody asks for another delay.</summary>
    [JsonIgnore]
    public virtual TimeSpan Delay => TimeSpan.Zero;
}

/// <summary>What one authentic webhook said.</summary>
/// <param name="Round">From 1; later ones are for events that failed in a batch, or came too early.</param>
public sealed record InboundWork(
    WorkspaceId Workspace, ChannelId Channel, DateTimeOffset ReceivedAt, IReadOnlyList<InboundEvent> Events, int Round = 1) : WorkItem
{
    public override string Queue => QueueNames.Inbound;
}

/// <summary>Dispatch and send whatever the contact's outbox holds.</summary>
public sealed record OutboundWork(WorkspaceId Workspace, ContactId Contact) : WorkItem
{
    public override string Queue => QueueNames.Outbound;
}

/// <summary>Find an owner for a conversation that has none.</summary>
/// <param name="SkipRules">The matched rule's waiting time is over.</param>
/// <param name="TeamId">Only to somebody of this team, as somebody has decided.</param>
/// <param name="AgentId">Only to this person, as a workflow has decided.</param>
/// <param name="Reason">Stored with the assignment to the team or person.</param>
/// <param name="NotTo">The agent who has just let the customer wait.</param>
public sealed record AssignmentWork(
    WorkspaceId Workspace, ConversationId Conversation, bool SkipRules = false, string? TeamId = null, string? NotTo = null, string? AgentId = null,
    string? Reason = null) : WorkItem
{
    public override string Queue => QueueNames.Assignments;
}

/// <summary>Make a conversation's slot agree with its owner.</summary>
public sealed record SlotWork(WorkspaceId Workspace, ConversationId Conversation) : WorkItem
{
    public override string Queue => QueueNames.Assignments;
}

/// <summary>Somebody may have become free: hand out what waits.</summary>
public sealed record DrainWork(WorkspaceId Workspace) : WorkItem
{
    public override string Queue => QueueNames.Assignments;
}

/// <summary>A person was deleted: put back into the queue what the person held.</summary>
public sealed record AgentGoneWork(WorkspaceId Workspace, AgentId Agent) : WorkItem
{
    public override string Queue => QueueNames.Assignments;
}

/// <summary>An AI agent was deleted: give to others what it held.</summary>
public sealed record AiAgentGoneWork(WorkspaceId Workspace, string AiAgentId) : WorkItem
{
    public override string Queue => QueueNames.Assignments;
}

/// <summary>Look whether a person is still there, and say so where that has changed.</summary>
/// <param name="At">When the heartbeat may have stopped; another time than the person's own means that somebody else looks.</param>
/// <param name="Changed">Put before a change of presence, which may have died before it was told.</param>
public sealed record PresenceWork(WorkspaceId Workspace, AgentId Agent, DateTimeOffset At, bool Changed = false) : WorkItem
{
    public override string Queue => QueueNames.Assignments;
}

/// <summary>A person may have been offline for a channel's time: put back into the queue what customers wait for there.</summary>
/// <param name="Since">Of when the person went offline; null: whenever.</param>
/// <param name="Only">This conversation; null: all that the person holds in the channel.</param>
public sealed record OwnerAwayWork(
    WorkspaceId Workspace, ChannelId Channel, AgentId Agent, DateTimeOffset? Since, ConversationId? Only = null) : WorkItem
{
    public override string Queue => QueueNames.Assignments;
}

/// <summary>A channel has fewer members than before, or its AI agent was switched off: put back into the queue what they held there.</summary>
public sealed record ChannelReleaseWork(WorkspaceId Workspace, ChannelId Channel) : WorkItem
{
    public override string Queue => QueueNames.Assignments;
}

/// <summary>A contact's head has been emptied: empty everything else of it.</summary>
/// <param name="At">When the erasure was asked for.</param>
public sealed record ErasureWork(WorkspaceId Workspace, ContactId Contact, DateTimeOffset At) : WorkItem
{
    public override string Queue => QueueNames.Erasures;
}

public enum LifecycleSignal
{
    /// <summary>For the first time or again.</summary>
    Opened,

    /// <summary>Something that timers depend on, such as a snooze.</summary>
    Changed,

    Closed,
}

/// <param name="Cycle">Of the conversation; each has an orchestration of its own.</param>
public sealed record LifecycleWork(WorkspaceId Workspace, ConversationId Conversation, LifecycleSignal Signal, int Cycle = 1) : WorkItem
{
    public override string Queue => QueueNames.Lifecycle;
}

/// <summary>Fetch our own copy of a customer's file.</summary>
/// <param name="Attempt">From 1; later ones come after a delay.</param>
public sealed record MediaWork(WorkspaceId Workspace, ChannelId Channel, MessageId Message, string AttachmentId, int Attempt = 1) : WorkItem
{
    public override string Queue => QueueNames.Media;
}

/// <summary>Finish a merge whose request may have died.</summary>
public sealed record MergeWork(WorkspaceId Workspace, ContactId Primary, ContactId Secondary, Actor By) : WorkItem
{
    public override string Queue => QueueNames.Merges;
}

/// <summary>Let the AI agent answer what the customer has written.</summary>
/// <param name="OwnerVersion">Of the conversation when this was put; nothing is done for an earlier owner.</param>
/// <param name="UpTo">The sequence number of the customer's latest message then. A later message has an item of its own.</param>
public sealed record AiTurnWork(WorkspaceId Workspace, ConversationId Conversation, int OwnerVersion, long UpTo) : WorkItem
{
    /// <summary>People write a thought in several messages; they get one answer.</summary>
    public static readonly TimeSpan CollectingTime = TimeSpan.FromSeconds(1.5);

    public override string Queue => QueueNames.AiTurns;

    public override TimeSpan Delay => CollectingTime;
}

/// <summary>Run a workflow, once for each key.</summary>
/// <param name="Event">One of <see cref="WorkflowEvent"/>.</param>
/// <param name="Depth">1, and one more for each workflow that set the next one off.</param>
public sealed record WorkflowWork(
    WorkspaceId Workspace, string WorkflowId, string Event, string Key, ContactId Contact, ConversationId? Conversation, int Depth, DateTimeOffset At) : WorkItem
{
    public override string Queue => QueueNames.Workflows;
}

public static class QueueNames
{
    public const string Workflows = "workflows";

    public const string Inbound = "inbound";
    public const string Outbound = "outbound";
    public const string Assignments = "assignments";
    public const string Lifecycle = "lifecycle";
    public const string Media = "media";
    public const string Erasures = "erasures";
    public const string AiTurns = "ai-turns";
    public const string Webhooks = "webhooks";
    public const string Facts = "facts";
    public const string Merges = "merges";

    public static readonly IReadOnlyList<string> All = [Inbound, Outbound, Assignments, Lifecycle, Media, AiTurns, Webhooks, Facts, Merges, Erasures, Workflows];

    /// <summary>Where the host puts what has failed too often on a queue.</summary>
    public static string PoisonOf(string queue) => $"{queue}-poison";
}

/// <summary>A work item that waits unseen until it is revealed, or until its delay ends.</summary>
public sealed record HiddenWork(string Queue, string Id, string Receipt, string Body);

public interface IWorkQueues
{
    /// <exception cref="QueueUnavailableException">The queue did not take it.</exception>
    Task PutAsync(WorkItem item, CancellationToken cancellationToken, TimeSpan delay = default);

    /// <summary>
    /// For work that a write is about to make: put before the write, revealed after it. If the process dies in between, the item
    /// shows up by itself after <paramref name="delay"/>, so that the write is never left without it.
    /// </summary>
    Task<HiddenWork> PutHiddenAsync(WorkItem item, TimeSpan delay, CancellationToken cancellationToken);

    Task RevealAsync(HiddenWork hidden, CancellationToken cancellationToken);

    /// <summary>Takes the item back: the write was told, or was not made.</summary>
    Task RemoveAsync(HiddenWork hidden, CancellationToken cancellationToken);
}

/// <summary>The queue storage did not take a message; whoever asked should try again.</summary>
public sealed class QueueUnavailableException(string queue, Exception inner) : Exception($"The queue '{queue}' does not take messages.", inner);
