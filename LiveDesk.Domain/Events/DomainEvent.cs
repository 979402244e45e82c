using System.Text.Json.Serialization;
using LiveDesk.Domain.AiAgents;
using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>Something that happened to a contact. Decisions return these; state, timeline, lists, feed and facts follow from them.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ContactCreated), "contact.created")]
[JsonDerivedType(typeof(ContactUpdated), "contact.updated")]
[JsonDerivedType(typeof(MergeBegun), "contact.merge.begun")]
[JsonDerivedType(typeof(MergeAbandoned), "contact.merge.abandoned")]
[JsonDerivedType(typeof(ContactMerged), "contact.merged")]
[JsonDerivedType(typeof(ConversationOpened), "conversation.opened")]
[JsonDerivedType(typeof(ConversationAssigned), "conversation.assigned")]
[JsonDerivedType(typeof(ConversationUnassigned), "conversation.unassigned")]
[JsonDerivedType(typeof(ConversationClosed), "conversation.closed")]
[JsonDerivedType(typeof(ConversationReopened), "conversation.reopened")]
[JsonDerivedType(typeof(ConversationSnoozed), "conversation.snoozed")]
[JsonDerivedType(typeof(ConversationWoken), "conversation.woken")]
[JsonDerivedType(typeof(ConversationPrioritized), "conversation.prioritized")]
[JsonDerivedType(typeof(ConversationTagged), "conversation.tagged")]
[JsonDerivedType(typeof(ConversationActivityChanged), "conversation.activity")]
[JsonDerivedType(typeof(ConversationOwnerAway), "conversation.owner-away")]
[JsonDerivedType(typeof(ConversationRead), "conversation.read")]
[JsonDerivedType(typeof(SurveyChanged), "survey.changed")]
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

/// <summary>This contact is taking in another; until that is done it can neither take in a third nor be taken in itself.</summary>
public sealed record MergeBegun(ContactId Secondary, DateTimeOffset At) : DomainEvent(At);

/// <summary>The other contact turned out not to be free.</summary>
public sealed record MergeAbandoned(ContactId Secondary, DateTimeOffset At) : DomainEvent(At);

/// <summary>This contact has taken in another, whose messages come here from now on.</summary>
public sealed record ContactMerged(ContactId Primary, ContactId Secondary, Actor By, DateTimeOffset At) : DomainEvent(At);

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

/// <summary>A closed conversation is open again: its next cycle begins, without an owner.</summary>
public sealed record ConversationReopened(ConversationId Conversation, Owner FormerOwner, Actor By, DateTimeOffset At) : DomainEvent(At);

/// <param name="Until">Null: until the customer writes. A customer's message ends every snooze.</param>
public sealed record ConversationSnoozed(ConversationId Conversation, DateTimeOffset? Until, Actor By, DateTimeOffset At) : DomainEvent(At);

/// <param name="Reason"><c>time</c>, <c>reply</c> or <c>manual</c>.</param>
public sealed record ConversationWoken(ConversationId Conversation, string Reason, Actor By, DateTimeOffset At) : DomainEvent(At);

public sealed record ConversationPrioritized(
    ConversationId Conversation, Priority Priority, Priority Previous, Actor By, DateTimeOffset At) : DomainEvent(At);

public sealed record ConversationTagged(
    ConversationId Conversation, IReadOnlyList<string> Added, IReadOnlyList<string> Removed, Actor By, DateTimeOffset At) : DomainEvent(At);

/// <param name="Inactive">The customer is silent: the owner stays, the owner's slot is free until the customer writes.</param>
public sealed record ConversationActivityChanged(ConversationId Conversation, bool Inactive, DateTimeOffset At) : DomainEvent(At);

/// <summary>The owner has been offline for the channel's time while no customer waited.</summary>
public sealed record ConversationOwnerAway(ConversationId Conversation, DateTimeOffset At) : DomainEvent(At);

/// <summary>A survey came to be, or went on: asked, answered, withdrawn, over.</summary>
public sealed record SurveyChanged(Survey Survey, DateTimeOffset At) : DomainEvent(At);

public sealed record ConversationRead(ConversationId Conversation, string Reader, int UpTo, DateTimeOffset At) : DomainEvent(At);

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
/// <param name="ClosedPeriod">Set on an out-of-hours reply: of which closed period it tells.</param>
/// <param name="Owed">The answer to an opt-out keyword: it goes out also to who has just opted out.</param>
public sealed record MessagePosted(Message Message, ContactIdentity? To, DateTimeOffset At, string? ClosedPeriod = null, bool Owed = false)
    : DomainEvent(At);

public sealed record MessageStatusChanged(Message Message, DeliveryStatus? Previous, DateTimeOffset At) : DomainEvent(At);

/// <summary>An AI agent has dealt with what the customer wrote, mostly by a reply.</summary>
public sealed record AiTurnTaken(ConversationId Conversation, AiProgress Progress, Actor By, DateTimeOffset At) : DomainEvent(At);

/// <summary>An AI agent gave the conversation to people, so no AI agent takes it by itself any more. Comes behind the <see cref="ConversationUnassigned"/>.</summary>
public sealed record ConversationHandedOver(ConversationId Conversation, HandOffReason Reason, Actor By, DateTimeOffset At) : DomainEvent(At);
