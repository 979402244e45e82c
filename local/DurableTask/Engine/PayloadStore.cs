using System.Text;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace LiveDesk.Local.Durable;

/// <summary>Keeps texts that are too large for a queue message or a table property in blobs, a folder for each instance.</summary>
internal sealed class PayloadStore(BlobContainerClient container)
{
    // A queue message holds 48 KiB before base64 and a table property 64 KiB in UTF-16; both have other fields too.
    private const int LargestInline = 30_000;

    public Task CreateAsync(CancellationToken cancellation) => container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>The text as it is, or the name of the blob that now holds it.</summary>
    public async Task<Payload> KeepAsync(string instance, string? text, CancellationToken cancellation)
    {
        if (text is null || text.Length * 3 <= LargestInline || Encoding.UTF8.GetByteCount(text) <= LargestInline)
            return new Payload(text);
        string name = $"{Folder(instance)}{Guid.NewGuid():N}";
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(text), cancellation);
        return new Payload(text, name);
    }

    /// <summary>The text, read from its blob if it is in one.</summary>
    public async Task<string?> ReadAsync(Payload payload, CancellationToken cancellation)
    {
        if (payload.Blob is null || payload.Text is not null)
            return payload.Text;
        Response<BlobDownloadResult> blob = await container.GetBlobClient(payload.Blob).DownloadContentAsync(cancellation);
        return blob.Value.Content.ToString();
    }

    public async Task DeleteAllAsync(string instance, CancellationToken cancellation)
    {
        await foreach (BlobItem blob in container.GetBlobsAsync(prefix: Folder(instance), cancellationToken: cancellation))
            await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    private static string Folder(string instance) => InstanceStore.Key(instance) + "/";
}
