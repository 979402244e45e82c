using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// Work items as base-64 queue messages, the Functions default. A queue message holds 64 KiB; an item that does not fit goes to a blob and the
/// message names it.
/// </summary>
internal sealed class StorageWorkQueues(QueueServiceClient service, BlobServiceClient blobs) : IWorkQueues
{
    private const string OverflowContainer = "overflow";

    // 64 KiB in base 64 is 48 KiB of text; the rest is for the envelope.
    private const int LargestBody = 47 * 1024;

    private readonly ConcurrentDictionary<string, QueueClient> _queues = new();

    public async Task PutAsync(WorkItem item, CancellationToken cancellationToken, TimeSpan delay = default) =>
        await SendAsync(item, item.Queue, delay, cancellationToken);

    /// <summary>Puts an item where the host puts what failed too often.</summary>
    public async Task SetAsideAsync(WorkItem item, CancellationToken cancellationToken) =>
        await SendAsync(item, QueueNames.PoisonOf(item.Queue), TimeSpan.Zero, cancellationToken);

    public async Task<HiddenWork> PutHiddenAsync(WorkItem item, TimeSpan delay, CancellationToken cancellationToken)
    {
        (SendReceipt receipt, string body) = await SendAsync(item, item.Queue, delay, cancellationToken);
        return new HiddenWork(item.Queue, receipt.MessageId, receipt.PopReceipt, body);
    }

    public async Task RevealAsync(HiddenWork hidden, CancellationToken cancellationToken)
    {
        try
        {
            await Queue(hidden.Queue).UpdateMessageAsync(hidden.Id, hidden.Receipt, hidden.Body, TimeSpan.Zero, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404 || e.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            // It has shown up by itself already.
        }
    }

    public async Task RemoveAsync(HiddenWork hidden, CancellationToken cancellationToken)
    {
        try
        {
            await Queue(hidden.Queue).DeleteMessageAsync(hidden.Id, hidden.Receipt, cancellationToken);
            await DoneAsync(hidden.Body, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404 || e.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            // It has shown up by itself already.
        }
    }

    /// <summary>The item of a queue message, fetched from its blob if it was too large.</summary>
    public async Task<T> ReadAsync<T>(string body, CancellationToken cancellationToken) where T : WorkItem =>
        await FindAsync<T>(body, cancellationToken) ?? throw new InvalidDataException("The blob of the work item is gone.");

    /// <summary>As <see cref="ReadAsync"/>; null if the item is done already: whoever did it died before the queue message was deleted.</summary>
    public async Task<T?> FindAsync<T>(string body, CancellationToken cancellationToken) where T : WorkItem
    {
        try
        {
            if (BlobOf(body) is { } blob) body = (await Overflowed.GetBlobClient(blob).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
        }
        catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            return null;
        }
        return (T)(JsonSerializer.Deserialize<WorkItem>(body, DomainJson.Options) ?? throw new InvalidDataException("An empty work item."));
    }

    /// <summary>The work of a queue message is done, for good: what was too large for the queue is deleted.</summary>
    public async Task DoneAsync(string body, CancellationToken cancellationToken)
    {
        if (BlobOf(body) is { } blob) await Overflowed.DeleteBlobIfExistsAsync(blob, cancellationToken: cancellationToken);
    }

    /// <summary>
    /// Deletes what no queue message leads to any more: its writer died before it put the message, the message's worker before it was done, or
    /// nobody replayed it from a poison queue.
    /// </summary>
    /// <param name="before">Older than any message that may still be worked on.</param>
    /// <returns>How many there were.</returns>
    public async Task<int> SweepAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int gone = 0;
        await foreach (BlobItem blob in Overflowed.GetBlobsAsync(cancellationToken: cancellationToken))
        {
            if (blob.Properties.CreatedOn >= before) continue;
            await Overflowed.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
            gone++;
        }
        return gone;
    }

    public Task CreateAsync(CancellationToken cancellationToken) => Task.WhenAll(
        [
            .. QueueNames.All.Select(name => Queue(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            Overflowed.CreateIfNotExistsAsync(cancellationToken: cancellationToken),
        ]);

    private async Task<(SendReceipt Receipt, string Body)> SendAsync(
        WorkItem item, string queue, TimeSpan delay, CancellationToken cancellationToken)
    {
        string body = JsonSerializer.Serialize(item, DomainJson.Options);
        try
        {
            if (Encoding.UTF8.GetByteCount(body) > LargestBody) body = await OverflowAsync(item.Queue, body, cancellationToken);
            body = TraceEnvelope.Write(body);
            // The service takes whole seconds.
            TimeSpan visible = TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));
            SendReceipt receipt = await Queue(queue).SendMessageAsync(body, visible, cancellationToken: cancellationToken);
            return (receipt, body);
        }
        catch (Exception e) when (StorageFailures.IsAny(e))
        {
            throw new QueueUnavailableException(queue, e);
        }
    }

    private async Task<string> OverflowAsync(string queue, string body, CancellationToken cancellationToken)
    {
        string name = $"{queue}/{Guid.NewGuid():N}.json";
        await Overflowed.GetBlobClient(name).UploadAsync(BinaryData.FromString(body), cancellationToken);
        return JsonSerializer.Serialize(new Overflow(name), DomainJson.Options);
    }

    private BlobContainerClient Overflowed => blobs.GetBlobContainerClient(OverflowContainer);

    private static string? BlobOf(string body) => JsonSerializer.Deserialize<Overflow>(body, DomainJson.Options)?.Blob;

    private QueueClient Queue(string name) => _queues.GetOrAdd(name, service.GetQueueClient);

    private sealed record Overflow(string? Blob);
}
