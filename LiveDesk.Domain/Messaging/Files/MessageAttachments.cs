using System.Globalization;

namespace LiveDesk.Domain.Messaging.Files;

/// <summary>Ids of files that came with a message: the message's id and a number, so that a point read finds each from its id alone.</summary>
public static class MessageAttachments
{
    /// <summary>The content with ids of ours in place of the parser's.</summary>
    public static MessageContent Numbered(MessageContent content, MessageId message) => content.Attachments.Count == 0
        ? content
        : content with { Attachments = [.. content.Attachments.Select((a, n) => a with { Id = IdOf(message, n) })] };

    private static string IdOf(MessageId message, int number) => string.Create(CultureInfo.InvariantCulture, $"{message}_{number}");

    /// <summary>The message that such an id is of.</summary>
    public static bool TryParse(string? id, out MessageId message)
    {
        message = default;
        int at = id?.LastIndexOf('_') ?? -1;
        return at > 0 && int.TryParse(id.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _) && MessageId.TryParse(id![..at], out message);
    }

    /// <summary>The message with one attachment changed; null if it has none such that is still pending.</summary>
    public static Message? Settle(Message message, string attachmentId, Func<Attachment, Attachment> settled)
    {
        var attachments = message.Content.Attachments.ToList();
        int at = attachments.FindIndex(a => a.Id == attachmentId && a.State == AttachmentState.Pending);
        if (at < 0) return null;
        attachments[at] = settled(attachments[at]);
        return message with { Content = message.Content with { Attachments = attachments } };
    }
}
