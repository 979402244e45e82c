using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <param name="Channel">The channel it goes out on.</param>
/// <param name="ExpectedOwnerVersion">Refused if the owner has changed since; null: whoever owns the conversation.</param>
public sealed record PostMessageCommand(
    ConversationId Conversation, Actor Author, MessageContent Content, Channel Channel, ProviderTraits Provider, MessageId? ReplyTo = null, int? ExpectedOwnerVersion = null);

/// <summary>The desk writes to the customer. What the provider would refuse for certain is refused here, before the call.</summary>
public static class PostMessage
{
    public static Decision Decide(ContactState state, PostMessageCommand command, DateTimeOffset now)
    {
        if (state.Contact is not { } contact || command.Conversation.Number > contact.Conversations) return Refusal.NotFound("conversation");
        // A blocked contact has no open conversation either; what to do about it is to unblock.
        if (contact.Blocked) return Refusal.Rule("contact_blocked", "The contact is blocked. Unblock it to write to the customer.");
        if (state.Open is not { } conversation || conversation.Id != command.Conversation)
            return Refusal.Rule("conversation_closed", "The conversation is closed. Open a new one to write to the customer.");
        if (command.ExpectedOwnerVersion is { } expected && expected != conversation.OwnerVersion)
            return Refusal.Conflict("owner_changed", "Somebody else has taken the conversation.");
        if (Refused(contact, command, now) is { } refusal) return refusal;
        Channel channel = command.Channel;
        if (contact.AddressFor(channel.Type, ChannelScope.Of(channel)) is not { } to)
            return Refusal.Rule("no_address", $"The contact has no {channel.Type} address.", "channelId");

        var message = new Message
        {
            Id = MessageId.Create(conversation.Id, now, contact.NextSequence),
            Direction = MessageDirection.Out,
            Author = command.Author,
            Content = command.Content,
            Channel = channel.Id,
            ReplyTo = command.ReplyTo,
            Status = DeliveryStatus.Queued,
            OccurredAt = now,
            ReceivedAt = now,
        };
        var posted = new MessagePosted(message, to, now);
        return TakenBy(conversation, command.Author, now) is { } taken ? Decision.Of(posted, taken) : posted;
    }

    /// <summary>One text in as many messages as it needs, all of them or none.</summary>
    public static Decision Decide(ContactState state, PostMessageCommand command, string text, DateTimeOffset now)
    {
        var events = new List<DomainEvent>();
        foreach (string part in TextParts.Of(text, command.Provider.MaximumTextLength))
        {
            Decision decision = Decide(state, command with { Content = MessageContent.OfText(part) }, now);
            if (decision.Refusal is not null) return decision;
            events.AddRange(decision.Events);
            state = state.Apply(decision.Events);
        }
        return Decision.Of(events);
    }

    /// <summary>What the provider would refuse for certain.</summary>
    internal static Refusal? Refused(Contact contact, PostMessageCommand command, DateTimeOffset now)
    {
        Channel channel = command.Channel;
        if (contact.Blocked) return Refusal.Rule("contact_blocked", "The contact is blocked. Unblock it to write to the customer.");
        if (contact.IsOptedOut(channel.Id))
            return Refusal.Rule("contact_opted_out", "The customer asked for no more messages on this channel. Only the customer can undo that, by writing START.");
        if (command.Content.Template is null && !contact.IsWindowOpen(channel.Id, channel.Type, now))
            return Refusal.Rule("window_closed", "The customer last wrote more than 24 hours ago: only an approved template can be sent.");
        int limit = command.Provider.MaximumTextLength;
        if (command.Content.Text?.Length > limit)
            return Refusal.Rule("text_too_long", $"The text has {command.Content.Text.Length} characters; {limit} is the most on this channel.", "text");
        return AttachmentRules.Check(command.Content, channel.Type, command.Provider.MediaOf(channel.Type));
    }

    /// <summary>A person's reply takes a conversation that nobody holds, or that an AI agent holds.</summary>
    private static ConversationAssigned? TakenBy(Conversation conversation, Actor author, DateTimeOffset now)
    {
        if (!author.IsPerson || conversation.Owner.Kind == OwnerKind.Agent || !AgentId.TryParse(author.Id, out AgentId agent)) return null;
        string reason = conversation.Owner.Kind == OwnerKind.Ai ? "human_reply" : "first_reply";
        return new ConversationAssigned(conversation.Id, Owner.Agent(agent, author.Name), conversation.Owner, null, reason, author, now);
    }
}

/// <summary>An internal remark: never sent, stops no timer, assigns nobody.</summary>
public static class PostNote
{
    public const int MaximumLength = 10_000;

    public static Decision Decide(ContactState state, ConversationId conversation, Actor author, string text, DateTimeOffset now)
    {
        if (state.Contact is not { } contact || conversation.Number > contact.Conversations) return Refusal.NotFound("conversation");
        if (conversation.Contact != contact.Id)
            return Refusal.Conflict("contact_merged", $"The contact has been merged into {contact.Id}. Write the note into a conversation of that one.");
        var note = new Message
        {
            Id = MessageId.Create(conversation, now, contact.NextSequence),
            Direction = MessageDirection.Note,
            Author = author,
            Content = MessageContent.OfText(text),
            OccurredAt = now,
            ReceivedAt = now,
        };
        return new MessagePosted(note, null, now);
    }
}
