using System.Globalization;
using System.Xml;
using Azure;
using Azure.Storage;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using LiveDesk.Domain.Messaging.Files;

namespace LiveDesk.Functions.Files;

/// <summary>A stored file that is being read.</summary>
internal sealed record OpenFile(StoredFile File, Stream Content);

/// <summary>Files as block blobs; the first part of a key is the container. What is known of a file stands in the blob's metadata.</summary>
internal sealed class BlobFileStore(BlobServiceClient service) : IFileStore
{
    private const int Block = 4 * 1024 * 1024;

    private static readonly string[] Containers = ["media", "uploads"];

    public Task CreateAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Containers.Select(name => service.GetBlobContainerClient(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)));

    public async Task<StoredFile> SaveAsync(string key, Stream content, FileFacts facts, CancellationToken cancellationToken)
    {
        BlobClient blob = Blob(key);
        var counted = new CountingStream(content);
        Response<BlobContentInfo> saved = await blob.UploadAsync(counted, new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = facts.ContentType },
            Metadata = Metadata(facts),
            TransferOptions = new StorageTransferOptions { InitialTransferSize = Block, MaximumTransferSize = Block, MaximumConcurrency = 1 },
        }, cancellationToken);
        return new StoredFile(key, counted.BytesRead, facts, saved.Value.LastModified);
    }

    public async Task<StoredFile?> FindAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            BlobProperties properties = await Blob(key).GetPropertiesAsync(cancellationToken: cancellationToken);
            return new StoredFile(key, properties.ContentLength, Facts(properties.ContentType, properties.Metadata), properties.LastModified);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => Blob(key).DeleteIfExistsAsync(cancellationToken: cancellationToken);

    /// <summary>The bytes from an offset on; null if there is no such file.</summary>
    public async Task<OpenFile?> OpenAsync(string key, long from, long? length, CancellationToken cancellationToken)
    {
        try
        {
            BlobDownloadStreamingResult read = await Blob(key).DownloadStreamingAsync(
                new BlobDownloadOptions { Range = new HttpRange(from, length) }, cancellationToken);
            BlobDownloadDetails details = read.Details;
            long size = details.ContentRange is { Length: > 0 } range
                ? long.Parse(range.AsSpan(range.LastIndexOf('/') + 1), CultureInfo.InvariantCulture)
                : details.ContentLength;
            return new OpenFile(new StoredFile(key, size, Facts(details.ContentType, details.Metadata), details.LastModified), read.Content);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    private BlobClient Blob(string key)
    {
        int slash = key.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || !Containers.Contains(key[..slash])) throw new ArgumentException($"'{key}' is no key of a file.", nameof(key));
        return service.GetBlobContainerClient(key[..slash]).GetBlobClient(key[(slash + 1)..]);
    }

    // Metadata travels in headers, which are ASCII.
    private static Dictionary<string, string> Metadata(FileFacts facts)
    {
        var metadata = new Dictionary<string, string>();
        if (facts.FileName is { } name) metadata["name"] = Uri.EscapeDataString(name);
        if (facts.Duration is { } duration) metadata["duration"] = XmlConvert.ToString(duration);
        if (facts.Fingerprint is { } fingerprint) metadata["fingerprint"] = fingerprint;
        return metadata;
    }

    private static FileFacts Facts(string contentType, IDictionary<string, string> metadata) => new(
        contentType,
        metadata.TryGetValue("name", out string? name) ? Uri.UnescapeDataString(name) : null,
        metadata.TryGetValue("duration", out string? duration) ? XmlConvert.ToTimeSpan(duration) : null,
        metadata.TryGetValue("fingerprint", out string? fingerprint) ? fingerprint : null);

    private sealed class CountingStream(Stream inner) : Stream
    {
        public long BytesRead { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => BytesRead; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int length = await inner.ReadAsync(buffer, cancellationToken);
            BytesRead += length;
            return length;
        }

        public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override int Read(byte[] buffer, int offset, int count)
        {
            int length = inner.Read(buffer, offset, count);
            BytesRead += length;
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
