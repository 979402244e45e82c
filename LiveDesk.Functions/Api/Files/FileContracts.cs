using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Messaging.Files;
using LiveDesk.Functions.Api.Messages;
using LiveDesk.Functions.Files;

namespace LiveDesk.Functions.Api.Files;

/// <param name="Duration">Playing time, as measured.</param>
internal sealed record VoiceNoteView(UploadId Id, string ContentType, long Size, TimeSpan Duration, string? FileName, AttachmentState State, string Url);

internal static class FileViews
{
    public static AttachmentView Attachment(UploadId id, StoredFile file, FileLinks links) =>
        new(id.Value, file.Facts.ContentType, file.Size, file.Facts.FileName, AttachmentState.Ready, links.Of(file), null);

    public static VoiceNoteView VoiceNote(UploadId id, StoredFile file, FileLinks links) =>
        new(id, file.Facts.ContentType, file.Size, file.Facts.Duration ?? TimeSpan.Zero, file.Facts.FileName, AttachmentState.Ready, links.Of(file));

    /// <summary>The id is the last part of the key.</summary>
    public static UploadId IdOf(StoredFile file) =>
        UploadId.TryParse(file.Key[(file.Key.LastIndexOf('/') + 1)..], out UploadId id) ? id : throw new InvalidDataException($"'{file.Key}' is no upload.");
}
