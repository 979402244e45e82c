using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Files;

namespace LiveDesk.Functions.Api.Messages;

internal sealed record PostMessageRequest
{
    public string? Text { get; init; }
    public IReadOnlyList<string> AttachmentIds { get; init; } = [];
    public string? VoiceNoteId { get; init; }
    public SnippetChoice? Snippet { get; init; }
    public TemplateUse? Template { get; init; }
    public ChannelId? ChannelId { get; init; }
    public MessageId? ReplyTo { get; init; }
}

/// <param name="Variables">Values by name, besides <c>contact.*</c> and <c>agent.name</c>.</param>
internal sealed record SnippetChoice(string Shortcut, IReadOnlyDictionary<string, string>? Variables = null);

internal sealed record TemplateUse(string Name, string? Language = null, IReadOnlyDictionary<string, string>? Variables = null);

/// <param name="Url">Short-lived; set once the file is ready.</param>
/// <param name="Failure">Why there is no file, in words.</param>
internal sealed record AttachmentView(string Id, string ContentType, long? Size, string? FileName, AttachmentState State, string? Url, string? Failure)
{
    public static AttachmentView Of(Attachment a, FileLinks links) => new(a.Id, a.ContentType, a.Size, a.FileName, a.State, links.Of(a), a.Failure);
}

/// <summary>Something that the writer should know of a message that was taken all the same.</summary>
internal sealed record MessageWarning(string Code, string Message);

internal sealed record MessageView(
    MessageId Id, ConversationId ConversationId, MessageDirection Direction, Actor Author, MessageKind Kind, string? Text,
    IReadOnlyList<AttachmentView> Attachments, Location? Location, Interaction? Interaction, Referral? Referral, TemplateContent? Template, MessageId? ReplyTo,
    DeliveryStatus? Status, DeliveryFailure? Failure, string? ProviderId, ChannelId? ChannelId, DateTimeOffset OccurredAt, DateTimeOffset ReceivedAt,
    IReadOnlyList<MessageWarning> Warnings)
{
    public static MessageView Of(Message m, FileLinks links) => new(
        m.Id, m.Id.Conversation, m.Direction, m.Author, m.Content.Kind, m.Content.Text,
        [.. m.Content.Attachments.Select(a => AttachmentView.Of(a, links))],
        m.Content.Location, m.Content.Interaction, m.Content.Referral, m.Content.Template, m.ReplyTo, m.Status, m.Failure, m.ProviderId, m.Channel,
        m.OccurredAt, m.ReceivedAt,
        [.. m.Content.MissingVariables.Select(name => new MessageWarning("variable_missing", $"{{{{{name}}}}} has no value and was left empty."))]);
}
