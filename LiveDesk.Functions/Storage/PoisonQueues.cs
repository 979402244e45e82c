using System.Text.Json;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <param name="Work">What kind of work it is; null if it cannot be told.</param>
/// <param name="About">The ids that it names (<c>channel</c>, <c>contact</c>, <c>conversation</c> ...); nothing of what a customer wrote.</param>
internal sealed record PoisonMessage(string Id, DateTimeOffset? InsertedAt, long DequeueCount, string? Work, IReadOnlyDictionary<string, string> About);

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

    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

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
            if (await ReadAsync(message.Body.ToString(), cancellationToken) is var (work, whose, about) && whose == workspace)
                messages.Add(new PoisonMessage(message.MessageId, message.InsertedOn, message.DequeueCount, work, about));
        return new PoisonQueue(queue, count, messages);
    }

    /// <summary>Puts messages back on their queue, then takes them off the poison queue: a crash in between does work twice, never not at all.</summary>
    /// <param name="ids">Null: all of the workspace.</param>
    public async Task<PoisonReplay> ReplayAsync(WorkspaceId workspace, string queue, IReadOnlyList<string>? ids, CancellationToken cancellationToken)
    {
        QueueClient poison = Poison(queue), target = service.GetQueueClient(queue);
        HashSet<string>? wanted = ids?.ToHashSet(StringComparer.Ordinal);
        int replayed = 0;
        await EachAsync(poison, () => wanted is { Count: 0 }, async message =>
        {
            bool ours = (await ReadAsync(message.Body.ToString(), cancellationToken)).Workspace == workspace;
            if (!ours || wanted?.Remove(message.MessageId) == false) return false;
            await target.SendMessageAsync(message.Body, cancellationToken: cancellationToken);
            replayed++;
            return true;
        }, cancellationToken);
        return new PoisonReplay(replayed, [.. wanted ?? []]);
    }

    /// <summary>
    /// Takes out what a customer wrote and was set aside, with its blob. What came from others in the same webhook stays; events for outgoing webhooks
    /// stay without the words.
    /// </summary>
    /// <param name="ids">All ids of the contact.</param>
    public async Task EraseAsync(WorkspaceId workspace, IReadOnlyCollection<ContactId> ids, CancellationToken cancellationToken)
    {
        // The other queues hold ids only.
        foreach (string queue in new[] { QueueNames.Inbound, QueueNames.Webhooks })
            await EachAsync(Poison(queue), () => false, async message =>
            {
                string body = message.Body.ToString();
                (bool theirs, WorkItem? rest) = await FindAsync(body, cancellationToken) switch
                {
                    InboundWork work when work.Workspace == workspace => Without(work, ids),
                    WebhookWork work when work.Workspace == workspace => Without(work, ids),
                    _ => (false, null),
                };
                if (!theirs) return false;
                if (rest is not null) await queues.SetAsideAsync(rest, cancellationToken);
                await queues.DoneAsync(body, cancellationToken);
                return true;
            }, cancellationToken);
    }

    private static (bool Theirs, WorkItem? Left) Without(InboundWork work, IReadOnlyCollection<ContactId> ids)
    {
        InboundEvent[] others = [.. work.Events.Where(e => e.Customer?.Identities.Any(i => ids.Contains(ContactId.Of(work.Workspace, i))) != true)];
        return (others.Length < work.Events.Count, others.Length > 0 ? work with { Events = others } : null);
    }

    private static (bool Theirs, WorkItem? Left) Without(WebhookWork work, IReadOnlyCollection<ContactId> ids)
    {
        FeedEvent?[] emptied = [.. work.Events.Select(e => ids.Select(id => TableContactTraces.Emptied(e, id)).FirstOrDefault(line => line is not null))];
        return (emptied.Any(line => line is not null), work with { Events = [.. emptied.Select((line, i) => line ?? work.Events[i])] });
    }

    /// <param name="isEnough">Asked before each batch.</param>
    /// <param name="settle">Whether the message is settled and may go; else it is released at the end.</param>
    private static async Task EachAsync(QueueClient poison, Func<bool> isEnough, Func<QueueMessage, Task<bool>> settle, CancellationToken cancellationToken)
    {
        var passed = new List<QueueMessage>();
        try
        {
            for (int batch = 0; batch < MostBatches && !isEnough(); batch++)
            {
                QueueMessage[] messages = (await poison.ReceiveMessagesAsync(BatchSize, Hold, cancellationToken)).Value;
                if (messages.Length == 0) break;
                foreach (QueueMessage message in messages)
                {
                    if (await settle(message)) await poison.DeleteMessageAsync(message.MessageId, message.PopReceipt, cancellationToken);
                    else passed.Add(message);
                }
            }
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            // Nothing has ever been set aside.
        }
        foreach (QueueMessage message in passed) await ReleaseAsync(poison, message, cancellationToken);
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

    private async Task<(string? Work, WorkspaceId Workspace, IReadOnlyDictionary<string, string> About)> ReadAsync(
        string body, CancellationToken cancellationToken)
    {
        if (await FindAsync(body, cancellationToken) is not { } item) return (null, options.BootstrapWorkspace, Nothing);
        using JsonDocument document = JsonSerializer.SerializeToDocument(item, DomainJson.Options);
        JsonElement root = document.RootElement;
        if (!WorkspaceId.TryParse(root.TryGetProperty("workspace", out JsonElement of) ? of.GetString() : null, out WorkspaceId workspace))
            return (null, options.BootstrapWorkspace, Nothing);
        Dictionary<string, string> about = root.EnumerateObject()
            .Where(p => p.Value.ValueKind == JsonValueKind.String && IsId(p.Value.GetString()!))
            .ToDictionary(p => p.Name, p => p.Value.GetString()!);
        return (root.GetProperty("work").GetString(), workspace, about);
    }

    private static bool IsId(string text) => ResourceId.IsPlausible(text) && text.IndexOf('_') is 2 or 3;

    /// <returns>Null if it cannot be read.</returns>
    private async Task<WorkItem?> FindAsync(string body, CancellationToken cancellationToken)
    {
        try
        {
            return await queues.FindAsync<WorkItem>(body, cancellationToken);
        }
        catch (Exception e) when (e is JsonException or InvalidDataException or NotSupportedException or InvalidCastException)
        {
            return null;
        }
    }

    private QueueClient Poison(string queue) => service.GetQueueClient(QueueNames.PoisonOf(queue));
}
