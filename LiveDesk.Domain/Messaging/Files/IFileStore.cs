namespace LiveDesk.Domain.Messaging.Files;

/// <summary>What is known of a file besides its bytes.</summary>
/// <param name="ContentType">As the contents show it, not as the sender says.</param>
/// <param name="Duration">Playing time of a voice note.</param>
/// <param name="Fingerprint">Of the request that brought it, if that had an idempotency key.</param>
public sealed record FileFacts(string ContentType, string? FileName, TimeSpan? Duration = null, string? Fingerprint = null);

/// <param name="Key">Finds it in the store: <c>media/{workspace}/{message}/{n}</c> or <c>uploads/{workspace}/{id}</c>.</param>
/// <param name="Size">Bytes.</param>
public sealed record StoredFile(string Key, long Size, FileFacts Facts, DateTimeOffset StoredAt);

/// <summary>Our own copies of files. What is stored under a key is never changed, only replaced by the same again or deleted.</summary>
public interface IFileStore
{
    /// <summary>Reads the stream to its end; nothing is stored if that fails.</summary>
    Task<StoredFile> SaveAsync(string key, Stream content, FileFacts facts, CancellationToken cancellationToken);

    Task<StoredFile?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>No error if there is none.</summary>
    Task DeleteAsync(string key, CancellationToken cancellationToken);
}
