using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging.Files;

/// <summary>
/// Makes our own copy of a customer's file: providers keep theirs for minutes or days. The message has been stored long before; whatever
/// happens here changes nothing of it but the one attachment.
/// </summary>
public sealed class FetchMedia(
    IContactStore contacts, IChannelDirectory channels, IProviderCatalog providers, IMediaDownload download, IFileStore files, IEventFeed feed,
    IWorkQueues queues, TimeProvider time)
{
    /// <summary>No provider carries more (a WhatsApp document: 100 MB).</summary>
    public const long MaximumSize = 100 * 1024 * 1024;

    private const int WriteAttempts = 10;

    /// <summary>One download, whole. Shorter than any time limit of the host.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(4);

    public async Task RunAsync(MediaWork work, CancellationToken cancellationToken)
    {
        if (await contacts.FindMessageAsync(work.Workspace, work.Message, cancellationToken) is not { } stored) return;
        if (stored.Message.Content.Attachments.FirstOrDefault(a => a.Id == work.AttachmentId) is not { } attachment) return;
        if (attachment.State != AttachmentState.Pending)
        {
            // The first delivery of this item may have died between writing and telling.
            await TellAsync(work, stored.Message, stored.Message.ReceivedAt, cancellationToken);
            return;
        }
        Step step = await CopyAsync(work, stored.Message, attachment, cancellationToken);
        if (step is Step.Again again)
        {
            if (MediaRetry.After(work.Attempt, again.Missing, again.RetryAfter) is { } delay)
            {
                await queues.PutAsync(work with { Attempt = work.Attempt + 1 }, cancellationToken, delay);
                return;
            }
            step = new Step.Done(a => Failed(a, again.Reason));
        }
        await SettleAsync(work, ((Step.Done)step).Settled, cancellationToken);
    }

    private async Task<Step> CopyAsync(MediaWork work, Message message, Attachment attachment, CancellationToken cancellationToken)
    {
        if (await channels.FindAsync(work.Workspace, work.Channel, cancellationToken) is not { } channel
            || providers.Find(channel.Provider) is not IMediaSource source)
            return Fail("The channel of this message is gone, and with it the way to the file.");
        if (attachment.Source is not { Length: > 0 } from) return Fail("The provider gave no address for the file.");

        using var timeout = new CancellationTokenSource(Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            return await source.LocateAsync(channel, from, either.Token) switch
            {
                MediaLocation.At at => await DownloadAsync(work, message, attachment, at, source.MediaHosts, either.Token),
                MediaLocation.Gone gone => Fail(gone.Reason),
                MediaLocation.Unavailable unavailable => new Step.Again(unavailable.Reason, false, unavailable.RetryAfter),
                var other => throw new InvalidOperationException($"No rule for {other.GetType().Name}."),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Step.Again("The provider did not deliver the file in time.", false, null);
        }
    }

    private async Task<Step> DownloadAsync(
        MediaWork work, Message message, Attachment attachment, MediaLocation.At at, IReadOnlyList<string> hosts, CancellationToken cancellationToken)
    {
        DownloadOutcome outcome = await download.OpenAsync(at, hosts, cancellationToken);
        switch (outcome)
        {
            case DownloadOutcome.Missing:
                return new Step.Again("The provider does not have the file any more.", true, null);
            case DownloadOutcome.Refused refused:
                return Fail(refused.Reason);
            case DownloadOutcome.Unavailable unavailable:
                return new Step.Again(unavailable.Reason, false, unavailable.RetryAfter);
        }
        using var opened = (DownloadOutcome.Opened)outcome;
        return opened.Length > MaximumSize
            ? Fail(TooLarge)
            : await StoreAsync(work, message, attachment, opened, at.FileName ?? opened.FileName ?? attachment.FileName, cancellationToken);
    }

    private async Task<Step> StoreAsync(
        MediaWork work, Message message, Attachment attachment, DownloadOutcome.Opened opened, string? fileName, CancellationToken cancellationToken)
    {
        // What the webhook declared is more telling than the octet-stream of some CDNs.
        string? declared = opened.ContentType is null or FileTypes.Unknown or "binary/octet-stream" ? attachment.ContentType : opened.ContentType;
        FileIntake? intake = null;
        try
        {
            intake = await FileIntake.OpenAsync(opened.Content, declared, MaximumSize, cancellationToken);
            if (intake.IsEmpty) return Fail("The file is empty.");
            if (intake.ContentType is not { } contentType) return Fail("The file is a program, a script or a web page. Such files are not kept.");
            int number = message.Content.Attachments.ToList().FindIndex(a => a.Id == attachment.Id);
            StoredFile stored = await files.SaveAsync(
                $"media/{work.Workspace}/{message.Id}/{number}", intake.Content, new FileFacts(contentType, FileNames.Clean(fileName)), cancellationToken);
            return new Step.Done(a => a with
            {
                State = AttachmentState.Ready,
                ContentType = stored.Facts.ContentType,
                Size = stored.Size,
                FileName = stored.Facts.FileName,
                Key = stored.Key,
                Failure = null,
            });
        }
        catch (Exception) when (intake is { WasTooLarge: true })
        {
            return Fail(TooLarge);
        }
        catch (IOException)
        {
            return new Step.Again("The connection broke while the file was coming.", false, null);
        }
    }

    /// <summary>Conditional on the message, which may change for other reasons meanwhile; its other parts are as they then are.</summary>
    private async Task SettleAsync(MediaWork work, Func<Attachment, Attachment> settled, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < WriteAttempts; attempt++)
        {
            if (await contacts.FindMessageAsync(work.Workspace, work.Message, cancellationToken) is not { } stored) return;
            if (MessageAttachments.Settle(stored.Message, work.AttachmentId, settled) is not { } next) return;
            (Message, string?) change = (next, stored.Version);
            if (await contacts.CommitAsync(work.Workspace, work.Message.Contact, new PendingWrite { Message = change }, cancellationToken) is null) continue;
            await TellAsync(work, next, null, cancellationToken);
            return;
        }
        throw new ContactBusyException(work.Message.Contact);
    }

    private Task TellAsync(MediaWork work, Message message, DateTimeOffset? toldSince, CancellationToken cancellationToken) => feed.AppendAsync(
        work.Workspace, [FeedEvents.OfAttachment(message, work.AttachmentId, time.GetUtcNow()) with { ToldSince = toldSince }], cancellationToken);

    private const string TooLarge = "The file is larger than 100 MB.";

    private static Step.Done Fail(string reason) => new(a => Failed(a, reason));

    private static Attachment Failed(Attachment attachment, string reason) => attachment with { State = AttachmentState.Failed, Failure = reason };

    private abstract record Step
    {
        public sealed record Done(Func<Attachment, Attachment> Settled) : Step;

        public sealed record Again(string Reason, bool Missing, TimeSpan? RetryAfter) : Step;
    }
}
