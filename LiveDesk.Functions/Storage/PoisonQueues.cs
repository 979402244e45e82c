using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <param name="Work">What kind of work it is; null if it cannot be told.</param>
internal sealed record PoisonMessage(string Id, DateTimeOffset? InsertedAt, long DequeueCount, string? Work);

/// <param name="Count">About how many there are, of all workspaces.</param>
/// <param name="Messages">The first ones of the workspace.</param>
internal sealed record PoisonQueue(string Queue, int Count, IReadOnlyList<PoisonMessage> Messages);

/// <param name="NotFound">Those asked for that were not there.</param>
internal sealed record PoisonReplay(int Replayed, IReadOnlyList<string> NotFound);

/// <summary>What the host has set aside after it failed too often, in <c>{queue}-poison</c>. A workspace sees its own; what cannot be read is the bootstrap workspace's.</summary>
internal sealed class PoisonQueues(QueueServiceClient service, StorageWorkQueues queues, LiveDeskOptions options)
{
    private const int BatchSize = 32;
    private const int MostBatches = 100;

    /// <summary>How long a message may be in our hands: if we die, it is back after that.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    /// <summary>About how many messages of all workspaces are set aside.</summary>
    public async Task<int> CountAsync(string queue, CancellationToken cancellationToken)
    {
        try
        {
            return (await Poison(queue).GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            return 0;
        }
    }

    public async Task<PoisonQueue> PeekAsync(WorkspaceId workspace, string queue, CancellationToken cancellationToken)
    {
        int count = await CountAsync(queue, cancellationToken);
        if (count == 0) return new PoisonQueue(queue, 0, []);
        PeekedMessage[] peeked = (await Poison(queue).PeekMessagesAsync(BatchSize, cancellationToken)).Value;
        var messages = new List<PoisonMessage>();
        foreach (PeekedMessage message in peeked)
            if (await ReadAsync(message.Body.ToString(), cancellationToken) is var (work, whose) && whose == workspace)
                messages.Add(new PoisonMessage(message.MessageId, message.InsertedOn, message.DequeueCount, work));
        return new PoisonQueue(queue, count, messages);
    }

    /// <summary>Puts messages back on their queue, then takes them off the poison queue: a crash in between does work twice, never not at all.</summary>
    /// <param name="ids">Null: all of the workspace.</param>
    public async Task<PoisonReplay> ReplayAsync(WorkspaceId workspace, string queue, IReadOnlyList<string>? ids, CancellationToken cancellationToken)
    {
        QueueClient poison = Poison(queue), target = service.GetQueueClient(queue);
        HashSet<string>? wanted = ids?.ToHashSet(StringComparer.Ordinal);
        var passed = new List<QueueMessage>();
        int replayed = 0;
        try
        {
            for (int batch = 0; batch < MostBatches && wanted is not { Count: 0 }; batch++)
            {
                QueueMessage[] messages = (await poison.ReceiveMessagesAsync(BatchSize, Hold, cancellationToken)).Value;
                if (messages.Length == 0) break;
                foreach (QueueMessage message in messages)
                {
                    bool ours = (await ReadAsync(message.Body.ToString(), cancellationToken)).Workspace == workspace;
                    if (!ours || wanted?.Remove(message.MessageId) == false)
                    {
                        passed.Add(message);
                        continue;
                    }
                    await target.SendMessageAsync(message.Body, cancellationToken: cancellationToken);
                    await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
                    replayed++;
                }
            }
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // Nothing has ever been set aside.
        }
        foreach (QueueMessage message in passed) await ReleaseAsync(poison, message, cancellationToken);
        return new PoisonReplay(replayed, [.. wanted ?? []]);
    }

    private static async Task ReleaseAsync(QueueClient poison, QueueMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await poison.UpdateMessageAsync(message.MessageId, message.PopReceipt, visibilityTimeout: TimeSpan.Zero, cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404 || e.ErrorCode == QueueErrorCode.PopReceiptMismatch)
        {
            // It has shown up by itself already.
        }
    }

    private async Task<(string? Work, WorkspaceId Workspace)> ReadAsync(string body, CancellationToken cancellationToken)
    {
        try
        {
            if (await queues.FindAsync<WorkItem>(body, cancellationToken) is not { } item) return (null, options.BootstrapWorkspace);
            using JsonDocument document = JsonSerializer.SerializeToDocument(item, DomainJson.Options);
            JsonElement root = document.RootElement;
            return WorkspaceId.TryParse(root.TryGetProperty("workspace", out JsonElement of) ? of.GetString() : null, out WorkspaceId workspace)
                ? (root.GetProperty("work").GetString(), workspace)
                : (null, options.BootstrapWorkspace);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or NotSupportedException or InvalidCastException)
        {
            return (null, options.BootstrapWorkspace);
        }
    }

    private QueueClient Poison(string queue) => service.GetQueueClient($"{queue}-poison");
}
