using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Snippets;
using NodaTime;

namespace LiveDesk.Domain.BusinessHours;

/// <summary>Tells a customer who writes outside business hours when somebody will answer: once for each closed period and conversation.</summary>
public static class OutOfOffice
{
    /// <summary>Whoever has just been answered by a person is not told that nobody is there.</summary>
    public static readonly TimeSpan QuietAfterHuman = TimeSpan.FromMinutes(5);

    /// <summary>For a conversation as young as this, its opening decides: an AI agent may be about to take it.</summary>
    private static readonly TimeSpan Opening = TimeSpan.FromSeconds(30);

    /// <summary>For a message in a conversation that was open before.</summary>
    /// <param name="after">The contact with the message received.</param>
    /// <param name="longest">The longest text of one message on the channel.</param>
    /// <returns>Nothing if the customer need not be told.</returns>
    internal static IReadOnlyList<MessagePosted> Reply(
        ContactState after, Conversation before, Message received, InboundMessage inbound, Channel channel, int longest, DateTimeOffset now)
    {
        if (after.Latest is not { } conversation || conversation.Id != before.Id || inbound.OptOut != OptOutKeyword.None) return [];
        if (received.Content.Kind == MessageKind.Reaction || now - (before.CycleOpenedAt ?? before.OpenedAt) < Opening) return [];
        if (Owed(after.Contact!, conversation, channel, now) is not { } period) return [];
        return
        [
            .. Contents(after.Contact!, channel, longest, now).Select((part, i) => AutomaticMessage.To(
                inbound.From.Identities[0], conversation.Id, part, channel, received.Id.Sequence + 1 + i, received.OccurredAt, now, period)),
        ];
    }

    /// <summary>For a conversation that has just been opened or reopened and that no AI agent takes.</summary>
    /// <param name="longest">The longest text of one message on the channel.</param>
    public static Decision Decide(ContactState state, ConversationId id, Channel channel, int longest, DateTimeOffset now)
    {
        if (state.Open is not { Status: ConversationStatus.Open } conversation || conversation.Id != id || conversation.Owner.Kind == OwnerKind.Ai) return Decision.Nothing;
        Contact contact = state.Contact!;
        if (Owed(contact, conversation, channel, now) is not { } period) return Decision.Nothing;
        if (contact.AddressFor(channel.Type, ChannelScope.Of(channel)) is not { } to || !contact.IsWindowOpen(channel.Id, channel.Type, now)) return Decision.Nothing;
        return Decision.Of(
        [
            .. Contents(contact, channel, longest, now)
                .Select((part, i) => AutomaticMessage.To(to, id, part, channel, contact.NextSequence + i, now, now, period)),
        ]);
    }

    /// <returns>The closed period of which the customer is to be told now.</returns>
    private static string? Owed(Contact contact, Conversation conversation, Channel channel, DateTimeOffset now)
    {
        if (!channel.Settings.BusinessHours.Enabled || conversation.Owner.Kind == OwnerKind.Ai || conversation.Quiet) return null;
        if (contact.Blocked || contact.IsOptedOut(channel.Id) || FloodGuard.IsHeld(conversation, now)) return null;
        if (now - conversation.LastHumanAt < QuietAfterHuman) return null;
        string? period = BusinessHoursSchedule.Of(channel.Settings.BusinessHours).ClosedPeriodId(Instant.FromDateTimeOffset(now));
        return period == conversation.ToldClosedPeriod ? null : period;
    }

    private static IEnumerable<MessageContent> Contents(Contact contact, Channel channel, int longest, DateTimeOffset now)
    {
        BusinessHoursSettings hours = channel.Settings.BusinessHours;
        string text = OutOfOfficeTexts.Unavailable(
            hours.UnavailableMessage, contact.Language, BusinessHoursSchedule.Of(hours), Instant.FromDateTimeOffset(now));
        return TextParts.Of(ContactVariables.Fill(text, contact), longest).Select(MessageContent.OfText);
    }
}
