using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging.Files;

/// <summary>What a channel would refuse for certain about a message's files is refused before the call, with the field.</summary>
public static class AttachmentRules
{
    /// <summary>In one message, whatever the channel.</summary>
    public const int MaximumFiles = 15;

    /// <returns>Null if the channel takes the message as it is.</returns>
    public static Refusal? Check(MessageContent content, ChannelType channel, MediaLimits limits)
    {
        IReadOnlyList<Attachment> files = content.Attachments;
        if (files.Count == 0) return null;
        string field = content.Kind == MessageKind.Voice ? "voiceNoteId" : "attachmentIds";
        string here = $"this {channel} channel";
        if (limits.MaximumFiles == 0) return Refusal.Rule("attachment_type_refused", $"Files cannot be sent: {here} carries text only.", field);
        if (files.Count > limits.MaximumFiles)
            return Refusal.Rule(
                "too_many_attachments", $"{files.Count} files; {here} takes {limits.MaximumFiles} in one message. Send the others in messages of their own.",
                field);
        foreach (Attachment file in files)
        {
            if (limits.RuleFor(file.ContentType) is not { } rule)
                return Refusal.Rule("attachment_type_refused", $"Files of type {file.ContentType} are not taken by {here}.", field);
            if (file.Size > rule.MaximumSize)
                return Refusal.Rule(
                    "attachment_too_large", $"The file has {Words(file.Size.Value)}; {here} takes {Words(rule.MaximumSize)} of {file.ContentType}.", field);
            if (content.Text is { Length: > 0 } text && text.Length > rule.MaximumCaption)
                return rule.MaximumCaption == 0
                    ? Refusal.Rule(
                        "text_with_attachment_refused", $"No text is shown beside {file.ContentType} on {here}. Send it in a message of its own.", "text")
                    : Refusal.Rule(
                        "text_too_long", $"The text has {text.Length} characters; {rule.MaximumCaption} is the most beside a file.", "text");
        }
        long total = files.Sum(f => f.Size ?? 0);
        return total > limits.MaximumTotal
            ? Refusal.Rule("attachment_too_large", $"The files have {Words(total)} together; {here} takes {Words(limits.MaximumTotal.Value)}.", field)
            : null;
    }

    private static string Words(long bytes) => bytes >= 1024 * 1024
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{bytes / (1024d * 1024):0.##} MB")
        : $"{(bytes + 1023) / 1024} KB";
}
