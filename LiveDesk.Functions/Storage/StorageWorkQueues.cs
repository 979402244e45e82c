using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
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
        await SendAsync(item, delay, cancellationToken);

    public async Task<HiddenWork> PutHiddenAsync(WorkItem item, TimeSpan delay, CancellationToken cancellationToken)
    {
        (SendReceipt receipt, string body) = await SendAsync(item, delay, cancellationToken);
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
        }
        catch (RequestFailedException e) when (e.Status == 404 || e.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            // It has shown up by itself already.
        }
    }

    /// <summary>The item of a queue message, fetched from its blob if it was too large.</summary>
    public async Task<T> ReadAsync<T>(string body, CancellationToken cancellationToken) where T : WorkItem
    {
        if (JsonSerializer.Deserialize<Overflow>(body, DomainJson.Options) is { Blob: { } blob })
            body = (await blobs.GetBlobContainerClient(OverflowContainer).GetBlobClient(blob).DownloadContentAsync(cancellationToken)).Value.Content.ToString();
        return (T)(JsonSerializer.Deserialize<WorkItem>(body, DomainJson.Options) ?? throw new InvalidDataException("An empty work item."));
    }

    public Task CreateAsync(CancellationToken cancellationToken) => Task.WhenAll(
        [
            .. QueueNames.All.Select(name => Queue(name).CreateIfNotExistsAsync(cancellationToken: cancellationToken)),
            blobs.GetBlobContainerClient(OverflowContainer).CreateIfNotExistsAsync(cancellationToken: cancellationToken),
        ]);

    private async Task<(SendReceipt Receipt, string Body)> SendAsync(WorkItem item, TimeSpan delay, CancellationToken cancellationToken)
    {
        string body = JsonSerializer.Serialize(item, DomainJson.Options);
        try
        {
            if (Encoding.UTF8.GetByteCount(body) > LargestBody) body = await OverflowAsync(item.Queue, body, cancellationToken);
            // The service takes whole seconds.
            TimeSpan visible = TimeSpan.FromSeconds(Math.Ceiling(delay.TotalSeconds));
            SendReceipt receipt = await Queue(item.Queue).SendMessageAsync(body, visible, cancellationToken: cancellationToken);
            return (receipt, body);
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or HttpRequestException)
        {
            throw new QueueUnavailableException(item.Queue, e);
        }
    }

    private async Task<string> OverflowAsync(string queue, string body, CancellationToken cancellationToken)
    {
        string name = $"{queue}/{Guid.NewGuid():N}.json";
        await blobs.GetBlobContainerClient(OverflowContainer).GetBlobClient(name).UploadAsync(BinaryData.FromString(body), cancellationToken);
        return JsonSerializer.Serialize(new Overflow(name), DomainJson.Options);
    }

    private QueueClient Queue(string name) => _queues.GetOrAdd(name, service.GetQueueClient);

    private sealed record Overflow(string? Blob);
}
