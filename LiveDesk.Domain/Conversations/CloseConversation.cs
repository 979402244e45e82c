using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

public sealed record CloseCommand(ConversationId Conversation, ClosedBy ClosedBy, ClosingNote? Note, Actor By, Channel Channel);

/// <summary>Ends a conversation. Closing a closed one is no second event.</summary>
public static class CloseConversation
{
    public static Decision Decide(ContactState state, CloseCommand command, DateTimeOffset now)
    {
        if (ConversationLookup.Find(state, command.Conversation, ConversationOperation.Close, out Conversation conversation, out OperationVerdict verdict)
            is { } unknown) return unknown;
        if (verdict == OperationVerdict.NoChange) return Decision.Nothing;
        ChannelSettings settings = command.Channel.Settings;
        bool manual = command.ClosedBy.Source == ClosedSource.User;
        if (manual && Refused(settings.ClosingNotes, command.Note) is { } refusal) return refusal;

        var closed = new ConversationClosed(conversation.Id, command.ClosedBy, command.Note, command.By, now);
        var events = new List<DomainEvent> { closed };
        if (manual && settings.UnassignOnManualClose && conversation.Owner.Kind != OwnerKind.None)
            events.Add(new ConversationUnassigned(conversation.Id, conversation.Owner, "manual_close", Actor.System, now));
        events.AddRange(Surveys.OnClose(state.Contact!, conversation, closed, command.Channel));
        return Decision.Of(events);
    }

    private static Refusal? Refused(ClosingNotePolicy policy, ClosingNote? note) => policy switch
    {
        ClosingNotePolicy.Off when note is not null && (note.Category ?? note.Summary) is not null =>
            Refusal.Rule("closing_note_refused", "This channel takes no closing notes.", note.Category is null ? "summary" : "category"),
        ClosingNotePolicy.SummaryOptional or ClosingNotePolicy.Required when string.IsNullOrWhiteSpace(note?.Category) =>
            Refusal.Rule("closing_note_required", "This channel wants a category when a conversation is closed.", "category"),
        ClosingNotePolicy.Required when string.IsNullOrWhiteSpace(note?.Summary) =>
            Refusal.Rule("closing_note_required", "This channel wants a summary when a conversation is closed.", "summary"),
        _ => null,
    };
}
