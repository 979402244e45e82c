using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging.Files;

/// <summary>
/// Hands uploaded files to messages. A draft is taken before its message is posted and let go after, with the message's idempotency key in
/// between, so that whatever dies on the way neither sends a voice note twice nor deletes a file that was sent.
/// </summary>
public sealed class DraftUses(IDraftStore drafts, IFileStore files, IContactStore contacts, TimeProvider time)
{
    private const int Attempts = 5;

    /// <summary>How long a request may be between taking a voice note and posting it.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    /// <param name="requestKey">Under which the message will be posted.</param>
    /// <returns>The file; 422 if there is none, or the voice note was sent before.</returns>
    public async Task<Result<StoredFile>> TakeAsync(
        WorkspaceId workspace, UploadId id, ConversationId conversation, string requestKey, CancellationToken cancellationToken)
    {
        if (await files.FindAsync(id.KeyIn(workspace), cancellationToken) is not { } file) return Unknown(id);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (await drafts.FindAsync(workspace, id, cancellationToken) is not { } read) return id.Kind == UploadKind.VoiceNote ? Used : file;
            if (read.Draft.Expired || read.Draft.ExpiresAt <= now) return Unknown(id);
            if (read.Draft.Use is { } use && use.RequestKey != requestKey)
            {
                if (await WasPostedAsync(workspace, use, cancellationToken))
                {
                    await drafts.DeleteAsync(read, cancellationToken);
                    return id.Kind == UploadKind.VoiceNote ? Used : file;
                }
                if (id.Kind == UploadKind.VoiceNote && use.At + Grace > now)
                    return Refusal.Conflict("voice_note_in_use", "Another request is sending this voice note right now.");
            }
            Draft taken = read.Draft with { Use = new DraftUse(conversation, requestKey, now) };
            if (await drafts.ReplaceAsync(read, taken, cancellationToken) is not null) return file;
        }
        return new Refusal(RefusalKind.Unavailable, "unavailable", "The file is being used by several requests at once. Try again.");
    }

    /// <summary>The message is posted: the file is no draft any more.</summary>
    public async Task KeepAsync(WorkspaceId workspace, UploadId id, CancellationToken cancellationToken)
    {
        while (await drafts.FindAsync(workspace, id, cancellationToken) is { } read && !await drafts.DeleteAsync(read, cancellationToken))
        {
            // Another message took it meanwhile; the file stays all the same.
        }
    }

    /// <summary>The message was refused: the draft may be used by another.</summary>
    public async Task ReturnAsync(WorkspaceId workspace, UploadId id, string requestKey, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync(workspace, id, cancellationToken) is { Draft.Use: { } use } read && use.RequestKey == requestKey)
            await drafts.ReplaceAsync(read, read.Draft with { Use = null }, cancellationToken);
    }

    /// <summary>Deletes what nobody used in time.</summary>
    /// <returns>How many files are gone.</returns>
    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        int gone = 0;
        DateTimeOffset now = time.GetUtcNow();
        await foreach (DraftSnapshot read in drafts.ListExpiredAsync(now, cancellationToken))
        {
            if (read.Draft.Use is { } use)
            {
                if (await WasPostedAsync(read.Draft.Workspace, use, cancellationToken))
                {
                    await drafts.DeleteAsync(read, cancellationToken);
                    continue;
                }
                if (use.At + Grace > now) continue;
            }
            // First the mark, which no request gets past, then the file, then the draft: whatever dies in between is taken up by the next sweep.
            if (await drafts.ReplaceAsync(read, read.Draft with { Expired = true }, cancellationToken) is not { } marked) continue;
            await files.DeleteAsync(read.Draft.Id.KeyIn(read.Draft.Workspace), cancellationToken);
            await drafts.DeleteAsync(marked, cancellationToken);
            gone++;
        }
        return gone;
    }

    private async Task<bool> WasPostedAsync(WorkspaceId workspace, DraftUse use, CancellationToken cancellationToken) =>
        await contacts.FindSeenAsync(workspace, use.Conversation.Contact, SeenKey.Request(use.RequestKey), cancellationToken) is not null;

    private static Refusal Used => Refusal.Rule("voice_note_used", "The voice note was sent before. Record a new one.", "voiceNoteId");

    private static Refusal Unknown(UploadId id) => id.Kind == UploadKind.VoiceNote
        ? Refusal.Rule("voice_note_unknown", "No such voice note; unsent ones are kept for 24 hours.", "voiceNoteId")
        : Refusal.Rule("attachment_unknown", $"No attachment {id}; unused ones are kept for 24 hours.", "attachmentIds");
}
