using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

public sealed record CloseCommand(ConversationId Conversation, ClosedBy ClosedBy, ClosingNote? Note, Actor By, ChannelSettings Settings);

/// <summary>Ends a conversation. Closing a closed one is no second event.</summary>
public static class CloseConversation
{
    public static Decision Decide(ContactState state, CloseCommand command, DateTimeOffset now)
    {
        if (state.Contact is null || command.Conversation.Number > state.Contact.Conversations) return Refusal.NotFound("conversation");
        if (state.Open is not { } conversation || conversation.Id != command.Conversation) return Decision.Nothing;
        bool manual = command.ClosedBy.Source == ClosedSource.User;
        if (manual && Refused(command.Settings.ClosingNotes, command.Note) is { } refusal) return refusal;

        var closed = new ConversationClosed(conversation.Id, command.ClosedBy, command.Note, command.By, now);
        return manual && command.Settings.UnassignOnManualClose && conversation.Owner.Kind != OwnerKind.None
            ? Decision.Of(closed, new ConversationUnassigned(conversation.Id, conversation.Owner, "manual_close", Actor.System, now))
            : closed;
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
