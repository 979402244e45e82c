using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// The one answer that a STOP, START or HELP gets where no carrier gives it. It is written in the transaction of the keyword itself, so it is sent
/// once whatever comes twice; and it does not go through <see cref="PostMessage"/>, so it reaches also the customer who has just opted out.
/// </summary>
public static class KeywordReply
{
    /// <param name="received">The keyword's message; the answer stands right behind it.</param>
    /// <param name="wasOptedOut">Before the keyword. Who has been told once that there will be no more messages is not told again.</param>
    /// <returns>Null if nothing is owed.</returns>
    public static MessagePosted? To(
        InboundMessage inbound, Message received, string? language, bool wasOptedOut, Channel channel, DateTimeOffset now)
    {
        if (!inbound.OwesKeywordReply || inbound.OptOut == OptOutKeyword.None) return null;
        if (inbound.OptOut == OptOutKeyword.Stop && wasOptedOut) return null;
        MessagePosted reply = AutomaticMessage.To(
            inbound.From.Identities[0], received.Id.Conversation, MessageContent.OfText(OptOutTexts.For(inbound.OptOut, channel.Name, language)), channel,
            received.Id.Sequence + 1, received.OccurredAt, now);
        return reply with { Owed = true };
    }
}
