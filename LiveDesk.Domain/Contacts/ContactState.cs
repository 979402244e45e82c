using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>What every decision about a contact looks at: the head of its partition and its latest conversation.</summary>
/// <param name="Contact">Null for a contact that has never been seen.</param>
/// <param name="Latest">The conversation with the highest number; the only one that can be open.</param>
public sealed record ContactState(Contact? Contact, Conversation? Latest)
{
    public static readonly ContactState None = new(null, null);

    public Conversation? Open => Latest is { IsOpen: true } ? Latest : null;

    public ContactState Apply(IEnumerable<DomainEvent> events) => events.Aggregate(this, (state, e) => state.Apply(e));

    public ContactState Apply(DomainEvent domainEvent) => domainEvent switch
    {
        ContactCreated e => this with { Contact = e.Contact },
        ContactUpdated e => this with { Contact = e.Contact with { UpdatedAt = e.At } },
        MergeBegun e => this with { Contact = Contact! with { Merging = e.Secondary } },
        MergeAbandoned => this with { Contact = Contact! with { Merging = null } },
        ContactMerged e => this with { Contact = Contact! with { Merging = null, MergedFrom = [.. Contact.MergedFrom, e.Secondary], UpdatedAt = e.At } },
        ConversationOpened e => new(
            Contact! with { Conversations = e.Conversation.Id.Number, OpenConversation = e.Conversation.Id },
            e.Conversation),
        ConversationAssigned e => On(e.Conversation, c => c with
        {
            Owner = e.Owner,
            OwnerVersion = c.OwnerVersion + 1,
            OwnerSince = e.Owner.Kind == OwnerKind.None ? null : e.At,
            Inactive = false,
            OwnerAway = false,
            TeamId = e.TeamId ?? c.TeamId,
            AssignmentReason = e.Reason,
            AiDone = e.Owner.Kind == OwnerKind.Ai ? null : c.AiDone,
        }, e.At),
        ConversationUnassigned e => On(e.Conversation, c => c with
        {
            Owner = Owner.None,
            OwnerVersion = c.OwnerVersion + 1,
            OwnerSince = null,
            Inactive = false,
            OwnerAway = false,
            AssignmentReason = null,
        }, e.At),
        ConversationClosed e => On(e.Conversation, c => c with
        {
            Status = ConversationStatus.Closed,
            ClosedAt = e.At,
            ClosedBy = e.ClosedBy,
            ClosingNote = e.Note,
            CustomerWaitingSince = null,
            AwaitingCustomerSince = null,
            Inactive = false,
            SnoozedUntil = null,
            TimerVersion = c.TimerVersion + 1,
        }, e.At) is { Contact: { } contact } closed
            ? closed with { Contact = contact with { OpenConversation = null } }
            : this,
        ConversationReopened e => On(e.Conversation, c => c with
        {
            Status = ConversationStatus.Open,
            Cycle = c.Cycle + 1,
            CycleOpenedAt = e.At,
            FormerOwner = e.FormerOwner,
            Owner = Owner.None,
            OwnerVersion = c.OwnerVersion + 1,
            OwnerSince = null,
            OwnerAway = false,
            AssignmentReason = null,
            ClosedAt = null,
            ClosedBy = null,
            ClosingNote = null,
            FirstReplyAt = null,
            FirstReplyBy = null,
            FirstReplyAssignedAt = null,
            Handled = TimeSpan.Zero,
            Replies = [],
            AiReplied = false,
            AiDone = null,
            AwaitingCustomerSince = null,
            TimerVersion = c.TimerVersion + 1,
        }, e.At) is { Contact: { } known } reopened
            ? reopened with { Contact = known with { OpenConversation = e.Conversation } }
            : this,
        ConversationSnoozed e => On(e.Conversation, c => c with
        {
            Status = ConversationStatus.Snoozed,
            SnoozedUntil = e.Until,
            TimerVersion = c.TimerVersion + 1,
        }, e.At),
        ConversationWoken e => On(e.Conversation, c => c with
        {
            Status = ConversationStatus.Open,
            SnoozedUntil = null,
            Inactive = false,
            // The customer's time to answer begins anew, or the conversation would be closed as soon as it wakes.
            AwaitingCustomerSince = c.AwaitingCustomerSince is null ? null : e.At,
            TimerVersion = c.TimerVersion + 1,
        }, e.At),
        ConversationPrioritized e => On(e.Conversation, c => c with { Priority = e.Priority }, e.At),
        ConversationTagged e => On(e.Conversation, c => c with { Tags = [.. c.Tags.Except(e.Removed), .. e.Added] }, e.At),
        ConversationActivityChanged e => On(e.Conversation, c => c with { Inactive = e.Inactive }, e.At),
        // Nothing that a list is sorted by.
        ConversationOwnerAway e => Latest?.Id == e.Conversation ? this with { Latest = Latest with { OwnerAway = true } } : this,
        SurveyChanged e => this with { Contact = Contact! with { Surveys = Csat.Surveys.With(Contact.Surveys, e.Survey) } },
        ConversationRead e => Latest?.Id == e.Conversation
            ? this with { Latest = Latest with { ReadUpTo = With(Latest.ReadUpTo, e.Reader, e.UpTo) } }
            : this,
        MessageReceived e => Received(e),
        CustomerArrived e => this with { Contact = Heard(e.Sender, e.Channel, e.OccurredAt, e.At) },
        MessagePosted e => Posted(e),
        MessageStatusChanged => this,
        AiTurnTaken e => On(e.Conversation, c => c with
        {
            AiProgress = e.Progress,
            CustomerWaitingSince = c.LastQuestion > e.Progress.AnsweredUpTo ? e.At : null,
        }, e.At),
        // Whatever the AI agent said last, the customer now waits for a person.
        ConversationHandedOver e => On(e.Conversation, c => c with { AiDone = e.Reason, CustomerWaitingSince = c.CustomerWaitingSince ?? e.At }, e.At),
        _ => throw new InvalidOperationException($"No rule for {domainEvent.GetType().Name}."),
    };

    private ContactState Received(MessageReceived e)
    {
        Contact heard = Heard(e.Sender, e.Channel, e.Message.OccurredAt, e.At);
        var state = this with { Contact = heard with { NextSequence = Math.Max(heard.NextSequence, e.Message.Id.Sequence + 1) } };
        // A reaction says something about a message and asks for no answer.
        bool reaction = e.Message.Content.Kind == MessageKind.Reaction;
        // What is written into a closed conversation (a reaction, the answer to a survey) disturbs it no more.
        return heard.Blocked || Open is null
            ? state
            : state.On(e.Message.Id.Conversation, c => Ending(c, e.Message) with
            {
                Channel = e.Channel,
                InboundCount = c.InboundCount + 1,
                LastQuestion = reaction ? c.LastQuestion : Math.Max(c.LastQuestion, e.Message.Id.Sequence),
                CustomerWaitingSince = reaction ? c.CustomerWaitingSince : c.CustomerWaitingSince ?? e.At,
                AwaitingCustomerSince = null,
                Flood = FloodGuard.Count(c.Flood, e.At),
            }, e.At);
    }

    private Contact Heard(ContactIdentity sender, ChannelId channel, DateTimeOffset occurredAt, DateTimeOffset at)
    {
        Contact heard = Contact!.Heard(sender);
        DateTimeOffset last = heard.LastInboundAt.GetValueOrDefault(channel.Value);
        return heard with
        {
            UpdatedAt = at,
            LastInboundAt = occurredAt > last ? With(heard.LastInboundAt, channel.Value, occurredAt) : heard.LastInboundAt,
        };
    }

    private ContactState Posted(MessagePosted e)
    {
        Contact contact = Contact! with { NextSequence = Math.Max(Contact!.NextSequence, e.Message.Id.Sequence + 1) };
        var state = this with { Contact = contact };
        if (e.Message.Direction != MessageDirection.Out) return state;
        bool person = e.Message.Author.IsPerson;
        return state.On(e.Message.Id.Conversation, c => Ending(c, e.Message) with
        {
            FirstReplyAt = c.FirstReplyAt ?? (person ? e.At : null),
            FirstReplyBy = c.FirstReplyAt is null && person ? e.Message.Author.Id : c.FirstReplyBy,
            FirstReplyAssignedAt = c.FirstReplyAt is null && person && c.Owner.Kind == OwnerKind.Agent ? c.OwnerSince : c.FirstReplyAssignedAt,
            Replies = person ? Replied(c, e) : c.Replies,
            AiReplied = c.AiReplied || e.Message.Author.Kind == ActorKind.Ai,
            AwaitingCustomerSince = person ? e.At : c.AwaitingCustomerSince,
            LastHumanAt = person ? e.At : c.LastHumanAt,
            OwnerAway = c.OwnerAway && !(person && c.Owner.IsAgent(e.Message.Author.Id)),
            ToldClosedPeriod = e.ClosedPeriod ?? c.ToldClosedPeriod,
            CustomerWaitingSince = person || e.Message.Author.Kind == ActorKind.Ai ? null : c.CustomerWaitingSince,
        }, e.At);
    }

    private static IReadOnlyList<ReplyTime> Replied(Conversation conversation, MessagePosted e) =>
        conversation.CustomerWaitingSince is { } since && conversation.Replies.Count < Conversation.MostReplies && e.Message.Author.Id is { } by
            ? [.. conversation.Replies, new ReplyTime(by, since, e.At)]
            : conversation.Replies;

    private static Conversation Ending(Conversation conversation, Message message) =>
        conversation.LastMessage?.OccurredAt > message.OccurredAt
            ? conversation
            : conversation with { LastMessage = Digest(message) };

    private static MessageDigest Digest(Message message)
    {
        string text = message.Content.Text ?? "";
        return new MessageDigest(
            message.Id, message.Direction, message.Content.Kind, text.Length <= 120 ? text : string.Concat(text.AsSpan(0, CutAt(text, 120)), "…"),
            message.OccurredAt);
    }

    // Not between the two halves of a surrogate pair.
    private static int CutAt(string text, int length) => char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;

    /// <summary>Changes the latest conversation if it is the one meant; activity always moves on.</summary>
    private ContactState On(ConversationId id, Func<Conversation, Conversation> change, DateTimeOffset at)
    {
        if (Latest is null || Latest.Id != id) return this;
        DateTimeOffset activity = at > Latest.LastActivityAt ? at : Latest.LastActivityAt.AddMilliseconds(1);
        return this with { Latest = Handled(Latest, change(Latest), at) with { LastActivityAt = activity } };
    }

    /// <summary>Counts how long people handle a conversation, whatever begins and ends it.</summary>
    private static Conversation Handled(Conversation before, Conversation after, DateTimeOffset at)
    {
        bool handles = after is { Status: ConversationStatus.Open, Owner.Kind: OwnerKind.Agent };
        bool goesOn = handles && before.HandlingSince is not null && before.Owner.Id == after.Owner.Id;
        if (goesOn || (!handles && before.HandlingSince is null)) return after;
        TimeSpan handled = before.HandlingSince is { } since && at > since ? at - since : TimeSpan.Zero;
        return after with { Handled = after.Handled + handled, HandlingSince = handles ? at : null };
    }

    private static Dictionary<string, T> With<T>(IReadOnlyDictionary<string, T> map, string key, T value) => new(map) { [key] = value };
}
