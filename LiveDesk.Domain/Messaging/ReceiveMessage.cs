using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

/// <summary>The customer wrote: the message is kept whatever else is refused, and opens a conversation if none is open.</summary>
public static class ReceiveMessage
{
    /// <param name="longest">The longest text of one message on the channel; default: no limit.</param>
    public static IReadOnlyList<DomainEvent> Decide(
        ContactState state, WorkspaceId workspace, ContactId id, Channel channel, InboundMessage inbound, DateTimeOffset now, int longest = int.MaxValue)
    {
        bool wasOptedOut = state.Contact?.IsOptedOut(channel.Id) ?? false;
        inbound = inbound with { OptOut = Meant(inbound, wasOptedOut) };
        var events = new List<DomainEvent>();
        Contact contact = SenderProfile.Known(state, workspace, id, inbound.From, now, events);
        contact = Profile(contact, channel, inbound, now, events);
        DateTimeOffset occurredAt = ProviderClock.OccurredAt(inbound, now);

        Survey? asked = contact.Blocked ? null : Surveys.Awaiting(contact, channel.Id, inbound.From.Identities[0], occurredAt, state.Open);
        SurveyAnswer? answer = asked is not null && inbound.Content.Kind == MessageKind.Text && SurveyAnswer.TryParse(inbound.Content.Text, out SurveyAnswer? given)
            ? given
            : null;

        ConversationId conversation;
        if (contact.Blocked) conversation = state.Latest?.Id ?? new ConversationId(id, Math.Max(1, contact.Conversations));
        else if (state.Open is { } current) conversation = current.Id;
        else if ((answer is not null || inbound.Content.Kind == MessageKind.Reaction) && state.Latest is { } latest) conversation = latest.Id;
        else
        {
            conversation = new ConversationId(id, contact.Conversations + 1);
            events.Add(OpenConversation.Opened(
                conversation, channel.Id, new OpenedBy(OpenedSource.Contact), SenderProfile.Author(contact), now,
                quiet: inbound.OptOut != OptOutKeyword.None));
        }

        var messageId = MessageId.Create(conversation, ProviderClock.Place(inbound, occurredAt), contact.NextSequence);
        var message = new Message
        {
            Id = messageId,
            Direction = MessageDirection.In,
            Author = SenderProfile.Author(contact),
            Content = MessageAttachments.Numbered(inbound.Content, messageId),
            Channel = channel.Id,
            ReplyTo = inbound.ReplyTo,
            ProviderId = inbound.ProviderId,
            OccurredAt = occurredAt,
            ReceivedAt = now,
        };
        if (!contact.Blocked && state.Open is { } before) events.AddRange(Roused(before, message.Author, now));
        events.Add(new MessageReceived(message, inbound.From.Identities[0], channel.Id, now));
        if (answer is not null) events.AddRange(AnswerSurvey.Events(asked!, answer, message, contact, inbound.From.Identities[0], channel, now));
        else if (state.Open is { } open) events.AddRange(OutOfOffice.Reply(state.Apply(events), open, message, inbound, channel, longest, now));
        if (!contact.Blocked && KeywordReply.To(inbound, message, contact.Language, wasOptedOut, channel, now) is { } reply) events.Add(reply);
        return events;
    }

    /// <summary>The customer's message ends a snooze, and the silence that had freed the owner's slot.</summary>
    private static IEnumerable<DomainEvent> Roused(Conversation conversation, Actor customer, DateTimeOffset now)
    {
        if (conversation.Status == ConversationStatus.Snoozed) yield return new ConversationWoken(conversation.Id, "reply", customer, now);
        else if (conversation.Inactive) yield return new ConversationActivityChanged(conversation.Id, Inactive: false, now);
    }

    /// <summary>A plain YES from somebody who had not opted out answers somebody's question.</summary>
    private static OptOutKeyword Meant(InboundMessage inbound, bool optedOut) =>
        inbound.OptOut == OptOutKeyword.Start && OptOutKeywords.Read(inbound.Content.Text) == OptOutKeyword.Start
            ? OptOutKeywords.Read(inbound.Content.Text, optedOut)
            : inbound.OptOut;

    /// <summary>What the message says about the person: a name where there was none, a new identity, an opt-out.</summary>
    private static Contact Profile(Contact contact, Channel channel, InboundMessage inbound, DateTimeOffset now, List<DomainEvent> events)
    {
        var changed = new List<string>();
        Contact next = SenderProfile.Learn(contact, inbound.From, changed);
        bool optedOut = next.IsOptedOut(channel.Id);
        if (inbound.OptOut == OptOutKeyword.Stop && !optedOut)
        {
            next = next with { OptedOutChannels = [.. next.OptedOutChannels, channel.Id] };
            changed.Add("optedOutChannels");
        }
        else if (optedOut && (inbound.OptOut == OptOutKeyword.Start || channel.Type.WritingSubscribes()))
        {
            next = next with { OptedOutChannels = [.. next.OptedOutChannels.Where(c => c != channel.Id)] };
            changed.Add("optedOutChannels");
        }
        if (changed.Count > 0) events.Add(new ContactUpdated(next, changed, now));
        return next;
    }
}
