using System.Text.Json.Serialization;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Api.Conversations;

internal sealed record OpenRequest
{
    public ContactId? ContactId { get; init; }
    public string? PhoneNumber { get; init; }
    public required ChannelId ChannelId { get; init; }
}

internal sealed record AssignRequest
{
    public string? AgentId { get; init; }
    public string? TeamId { get; init; }
    public string? AiAgentId { get; init; }
}

internal sealed record CloseRequest
{
    public string? Category { get; init; }
    public string? Summary { get; init; }
}

internal sealed record SnoozeRequest
{
    public DateTimeOffset? Until { get; init; }
    public bool? UntilReply { get; init; }
}

internal sealed record PriorityRequest(Priority Value);

internal sealed record TagsRequest
{
    public IReadOnlyList<string> Add { get; init; } = [];
    public IReadOnlyList<string> Remove { get; init; } = [];
}

internal sealed record NoteRequest(string Text);

/// <param name="ClosesSoon">Within the hour: now is the time to answer in free text.</param>
internal sealed record WindowView(bool Open, DateTimeOffset? ExpiresAt, bool ClosesSoon = false);

internal sealed record DigestView(MessageId Id, MessageDirection Direction, MessageKind Kind, string Text, DateTimeOffset OccurredAt);

internal sealed record ClosingNoteView(string? Category, string? Summary)
{
    public static ClosingNoteView? Of(ClosingNote? note) => note is null ? null : new ClosingNoteView(note.Category, note.Summary);
}

internal sealed record WaitingView(string Queue, int Position, DateTimeOffset Since);

internal sealed record ConversationView(
    ConversationId Id, ContactId ContactId, string? ContactName, string? PhoneNumber, ChannelId ChannelId, ConversationStatus Status, Owner Owner, string? TeamId,
    string? AssignmentReason, Priority Priority, IReadOnlyList<string> Tags, int UnreadCount, WaitingView? Waiting, DateTimeOffset OpenedAt, OpenedBy OpenedBy,
    DateTimeOffset? ClosedAt, ClosedBy? ClosedBy, ClosingNoteView? ClosingNote, DateTimeOffset? FirstReplyAt, DateTimeOffset? SnoozedUntil, DigestView? LastMessage,
    DateTimeOffset LastActivityAt, WindowView Window)
{
    /// <summary>After an assignment: <c>agent_offline</c>, <c>over_limit</c>. A person may do both.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Warnings { get; init; }

    private static readonly TimeSpan SoonClosing = TimeSpan.FromHours(1);

    /// <param name="places">Of those that wait.</param>
    public static ConversationView Of(
        InboxItem item, ChannelType channelType, string? reader, DateTimeOffset now, IReadOnlyDictionary<ConversationId, WaitingView> places) =>
        Of(item, channelType, reader, now, ConversationAccess.MayWait(item.Conversation) ? places.GetValueOrDefault(item.Conversation.Id) : null);

    public static ConversationView Of(InboxItem item, ChannelType channelType, string? reader, DateTimeOffset now, WaitingView? waiting = null)
    {
        Conversation c = item.Conversation;
        DateTimeOffset? expiresAt = channelType.Window() is null ? null : item.WindowExpiresAt;
        bool open = channelType.Window() is null || expiresAt > now;
        return new ConversationView(
            c.Id, c.Id.Contact, item.ContactName, item.PhoneNumber, c.Channel, c.Status, c.Owner, c.TeamId, c.AssignmentReason, c.Priority, c.Tags,
            c.UnreadFor(reader), waiting, c.OpenedAt, c.OpenedBy, c.ClosedAt, c.ClosedBy, ClosingNoteView.Of(c.ClosingNote), c.FirstReplyAt, c.SnoozedUntil,
            c.LastMessage is { } last ? new DigestView(last.Id, last.Direction, last.Kind, last.Preview, last.OccurredAt) : null, c.LastActivityAt,
            new WindowView(open, expiresAt, open && expiresAt < now + SoonClosing));
    }
}
