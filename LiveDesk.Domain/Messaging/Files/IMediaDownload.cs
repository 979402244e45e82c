using LiveDesk.Domain.Channels;

namespace LiveDesk.Domain.Messaging.Files;

/// <summary>How the start of a download went.</summary>
public abstract record DownloadOutcome
{
    private DownloadOutcome()
    {
    }

    /// <summary>The bytes are coming; dispose when done. If the connection breaks on the way, reading throws an <see cref="IOException"/>.</summary>
    /// <param name="Length">As announced; null if it was not.</param>
    public sealed record Opened(Stream Content, string? ContentType, string? FileName, long? Length, IDisposable Connection) : DownloadOutcome, IDisposable
    {
        public void Dispose()
        {
            Content.Dispose();
            Connection.Dispose();
        }
    }

    /// <summary>404 or 410.</summary>
    public sealed record Missing : DownloadOutcome;

    /// <summary>A permanent no.</summary>
    public sealed record Refused(string Reason) : DownloadOutcome;

    /// <summary>To be tried again: 429, 5xx, a time-out, no connection.</summary>
    public sealed record Unavailable(string Reason, TimeSpan? RetryAfter = null) : DownloadOutcome;
}

/// <summary>Fetches from outside, and only from where it may.</summary>
public interface IMediaDownload
{
    /// <param name="hosts">As <see cref="IMediaSource.MediaHosts"/>; every redirect is held against them too.</param>
    Task<DownloadOutcome> OpenAsync(MediaLocation.At location, IReadOnlyList<string> hosts, CancellationToken cancellationToken);
}
