using LiveDesk.Domain.Messaging.Audio;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging.Files;

/// <param name="IdempotencyKey">The client's, or null.</param>
/// <param name="Fingerprint">Of the whole request; goes with the key.</param>
public sealed record UploadRequest(string? DeclaredType, string? FileName, string? IdempotencyKey = null, string? Fingerprint = null);

/// <summary>Takes files in, to be sent later.</summary>
public sealed class Uploads(IFileStore files, IDraftStore drafts, IRandomSource random, TimeProvider time)
{
    /// <summary>The most that any channel carries.</summary>
    public const long MaximumAttachment = 100 * 1024 * 1024;

    /// <summary>
    /// Room for the longest voice note in any form that a recorder writes (stereo at 48 kHz without compression is 55 MB), so that its length decides
    /// and not its size; what a channel carries is looked at when it is sent.
    /// </summary>
    public const long MaximumVoiceNote = 64 * 1024 * 1024;

    public static readonly TimeSpan LongestVoiceNote = TimeSpan.FromSeconds(300);

    // A recorder that stops at 300 s still writes the packet it has begun; where nothing is packed, the length is exact.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    public async Task<Result<StoredFile>> AddAttachmentAsync(WorkspaceId workspace, Stream body, UploadRequest request, CancellationToken cancellationToken)
    {
        string? name = FileNames.Clean(request.FileName);
        if (FileNames.IsDangerous(name)) return TypeRefused($"Files named *{Path.GetExtension(name)} are not taken.");
        FileIntake intake = await FileIntake.OpenAsync(body, request.DeclaredType, MaximumAttachment, cancellationToken);
        if (intake.IsEmpty) return Refusal.Malformed("$", "The body is empty; it must be the file itself.");
        if (intake.ContentType is not { } type) return TypeRefused("Programs, scripts, web pages and SVG are not taken.");
        var facts = new FileFacts(type, name ?? FileNames.Standard(type), null, request.Fingerprint);
        return await SaveAsync(workspace, UploadKind.Attachment, intake, facts, request, cancellationToken);
    }

    public async Task<Result<StoredFile>> AddVoiceNoteAsync(WorkspaceId workspace, Stream body, UploadRequest request, CancellationToken cancellationToken)
    {
        using var buffer = new MemoryStream(body.CanSeek ? (int)Math.Min(body.Length, MaximumVoiceNote) : 0);
        FileIntake intake = await FileIntake.OpenAsync(body, request.DeclaredType, MaximumVoiceNote, cancellationToken);
        if (intake.IsEmpty) return Refusal.Malformed("$", "The body is empty; it must be the recording itself.");
        try
        {
            await intake.Content.CopyToAsync(buffer, cancellationToken);
        }
        catch (InvalidDataException) when (intake.WasTooLarge)
        {
            return TooLarge(MaximumVoiceNote);
        }
        Result<AudioFile> audio = Measure(buffer);
        if (audio.Refusal is { } refusal) return refusal;
        (MemoryStream file, string type) = Sendable(buffer, audio.Value);
        FileIntake measured = await FileIntake.OpenAsync(file, type, MaximumVoiceNote, cancellationToken);
        var facts = new FileFacts(type, FileNames.Standard(type), audio.Value.Duration, request.Fingerprint);
        return await SaveAsync(workspace, UploadKind.VoiceNote, measured, facts, request, cancellationToken);
    }

    public Task<StoredFile?> FindAsync(WorkspaceId workspace, UploadId id, CancellationToken cancellationToken) =>
        files.FindAsync(id.KeyIn(workspace), cancellationToken);

    /// <summary>Deletes a draft. What a message has taken is no draft any more.</summary>
    public async Task<Refusal?> DeleteAsync(WorkspaceId workspace, UploadId id, CancellationToken cancellationToken)
    {
        if (await drafts.FindAsync(workspace, id, cancellationToken) is not { } read || read.Draft.Expired)
            return await files.FindAsync(id.KeyIn(workspace), cancellationToken) is null
                ? Refusal.NotFound("voice note")
                : Refusal.Conflict("voice_note_used", "The voice note was sent; it stays with its message.");
        if (read.Draft.Use is not null) return Refusal.Conflict("voice_note_in_use", "The voice note is being sent right now.");
        if (await drafts.ReplaceAsync(read, read.Draft with { Expired = true }, cancellationToken) is not { } marked)
            return Refusal.Conflict("voice_note_in_use", "The voice note is being sent right now.");
        await files.DeleteAsync(id.KeyIn(workspace), cancellationToken);
        await drafts.DeleteAsync(marked, cancellationToken);
        return null;
    }

    /// <summary>The draft is written before its file, so that no file is ever stored that nothing would delete.</summary>
    private async Task<Result<StoredFile>> SaveAsync(
        WorkspaceId workspace, UploadKind kind, FileIntake intake, FileFacts facts, UploadRequest request, CancellationToken cancellationToken)
    {
        UploadId id = request.IdempotencyKey is { } key ? UploadId.Of(kind, workspace, key) : UploadId.From(kind, random.Bytes(10));
        string path = id.KeyIn(workspace);
        if (request.IdempotencyKey is not null && await files.FindAsync(path, cancellationToken) is { } first)
            return first.Facts.Fingerprint == request.Fingerprint
                ? first
                : Refusal.Conflict("idempotency_key_reused", "This Idempotency-Key came with another request before. Use a new key for a new request.");
        await drafts.AddAsync(new Draft(workspace, id, time.GetUtcNow() + Draft.Lifetime), cancellationToken);
        try
        {
            return await files.SaveAsync(path, intake.Content, facts, cancellationToken);
        }
        catch (Exception) when (intake.WasTooLarge)
        {
            return TooLarge(MaximumAttachment);
        }
    }

    /// <summary>What most browsers record becomes what WhatsApp shows as a voice note; anything else stays as it is.</summary>
    private static (MemoryStream File, string ContentType) Sendable(MemoryStream recording, AudioFile audio)
    {
        MemoryStream? ogg = audio is { Container: AudioContainer.WebM, Codec: AudioCodec.Opus } ? VoiceFormat.ToOgg(recording) : null;
        recording.Position = 0;
        return ogg is null ? (recording, audio.ContentType) : (ogg, (audio with { Container = AudioContainer.Ogg }).ContentType);
    }

    private static Result<AudioFile> Measure(MemoryStream file)
    {
        AudioProbeResult probed = AudioProbe.Probe(file);
        if (probed.Refusal is { } refused)
            return Refusal.Rule("voice_note_unreadable", refused switch
            {
                AudioRefusal.Truncated => "The recording ends before it should: the upload broke off. Send it again.",
                AudioRefusal.Corrupt => "The recording is damaged. Record it again.",
                _ => "This is no recording that the desk can read: Ogg, WebM, MP4, MP3, WAV, AAC or AMR.",
            });
        AudioFile audio = probed.File!;
        if (audio.Codec == AudioCodec.Other)
            return Refusal.Rule("codec_refused", "No channel plays this codec. Record with Opus, AAC or MP3.");
        if (audio.Duration > LongestVoiceNote + (audio.Codec == AudioCodec.Pcm ? TimeSpan.Zero : Tolerance))
            return Refusal.Rule("voice_note_too_long", $"The recording lasts {Math.Ceiling(audio.Duration.TotalSeconds)} s; 300 s is the most.");
        return audio;
    }

    private static Refusal TypeRefused(string message) => Refusal.Rule("attachment_type_refused", message);

    private static Refusal TooLarge(long maximum) => Refusal.Rule("attachment_too_large", $"At most {maximum / (1024 * 1024)} MB.");
}
