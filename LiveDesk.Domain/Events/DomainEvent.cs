using System.Text.Json.Serialization;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>Something that happened to a contact. Decisions return these; state, timeline, lists, feed and facts follow from them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ContactCreated), "contact.created")]
[JsonDerivedType(typeof(ContactUpdated), "contact.updated")]
[JsonDerivedType(typeof(ConversationOpened), "conversation.opened")]
[JsonDerivedType(typeof(ConversationAssigned), "conversation.assigned")]
[JsonDerivedType(typeof(ConversationUnassigned), "conversation.unassigned")]
[JsonDerivedType(typeof(ConversationClosed), "conversation.closed")]
[JsonDerivedType(typeof(ConversationRead), "conversation.read")]
[JsonDerivedType(typeof(MessageReceived), "message.received")]
[JsonDerivedType(typeof(CustomerArrived), "customer.arrived")]
[JsonDerivedType(typeof(MessagePosted), "message.sent")]
[JsonDerivedType(typeof(MessageStatusChanged), "message.status")]
[JsonDerivedType(typeof(AiTurnTaken), "ai.turn")]
[JsonDerivedType(typeof(ConversationHandedOver), "conversation.handed-over")]
public abstract record DomainEvent(DateTimeOffset At);

public sealed record ContactCreated(Contact Contact, DateTimeOffset At) : DomainEvent(At);

/// <param name="Changed">The API names of the fields that changed.</param>
public sealed record ContactUpdated(Contact Contact, IReadOnlyList<string> Changed, DateTimeOffset At) : DomainEvent(At);

public sealed record ConversationOpened(Conversation Conversation, Actor By, DateTimeOffset At) : DomainEvent(At);

/// <param name="SlotClaimed">Automation claimed the owner's slot before it wrote the owner.</param>
/// <param name="Reason">A rule's id, a strategy, <c>manual</c>, <c>first_reply</c> ...: why this owner.</param>
public sealed record ConversationAssigned(
    ConversationId Conversation, Owner Owner, Owner Previous, string? TeamId, string Reason, Actor By, DateTimeOffset At, bool SlotClaimed = false)
    : DomainEvent(At);

public sealed record ConversationUnassigned(
    ConversationId Conversation, Owner Previous, string Reason, Actor By, DateTimeOffset At) : DomainEvent(At);

public sealed record ConversationClosed(
    ConversationId Conversation, ClosedBy ClosedBy, ClosingNote? Note, Actor By, DateTimeOffset At) : DomainEvent(At);

public sealed record ConversationRead(ConversationId Conversation, AgentId Reader, int UpTo, DateTimeOffset At) : DomainEvent(At);

/// <param name="Sender">The address the customer wrote from.</param>
public sealed record MessageReceived(Message Message, ContactIdentity Sender, ChannelId Channel, DateTimeOffset At) : DomainEvent(At);

/// <summary>The customer came without writing; like a message, it opens the messaging window.</summary>
/// <param name="Referral">What brought the customer here, if the provider says.</param>
/// <param name="OccurredAt">The provider's time.</param>
public sealed record CustomerArrived(
    ConversationId Conversation, ContactIdentity Sender, ChannelId Channel, Referral? Referral, DateTimeOffset OccurredAt, Actor By, DateTimeOffset At)
    : DomainEvent(At);

/// <summary>A reply, a note, a greeting: something the desk wrote. Only <see cref="MessageDirection.Out"/> goes to the provider.</summary>
/// <param name="To">Where it goes; null for a note, and for a message that has gone out by another way.</param>
public sealed record MessagePosted(Message Message, ContactIdentity? To, DateTimeOffset At) : DomainEvent(At);

public sealed record MessageStatusChanged(Message Message, DeliveryStatus? Previous, DateTimeOffset At) : DomainEvent(At);

/// <summary>An AI agent has dealt with what the customer wrote, mostly by a reply.</summary>
public sealed record AiTurnTaken(ConversationId Conversation, AiProgress Progress, Actor By, DateTimeOffset At) : DomainEvent(At);

/// <summary>An AI agent gave the conversation to people, so no AI agent takes it by itself any more. Comes behind the <see cref="ConversationUnassigned"/>.</summary>
public sealed record ConversationHandedOver(ConversationId Conversation, HandOffReason Reason, Actor By, DateTimeOffset At) : DomainEvent(At);
