using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace LiveDesk.Local.Durable;

/// <summary>One storage queue of the hub.</summary>
internal sealed class HubQueue(QueueClient queue, QueueClient poison, TimeSpan visibility)
{
    /// <summary>The longest that storage hides a message; a later one is hidden again when it turns up.</summary>
    public static readonly TimeSpan LongestDelay = TimeSpan.FromDays(7);

    // Storage would forget a message after 7 days unless told otherwise.
    private static readonly TimeSpan Forever = TimeSpan.FromSeconds(-1);

    public string Name => queue.Name;

    /// <summary>How long a received message stays hidden.</summary>
    public TimeSpan Visibility { get; } = visibility;

    public Task CreateAsync(CancellationToken cancellation) => queue.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>Puts a message that is hidden for a while, at most <see cref="LongestDelay"/>.</summary>
    public async Task<Delivery> PutAsync(Message message, TimeSpan hidden, CancellationToken cancellation)
    {
        Response<SendReceipt> receipt = await queue.SendMessageAsync(EngineJson.Write(message), Capped(hidden), Forever, cancellation);
        return new Delivery(this, message, receipt.Value.MessageId, receipt.Value.PopReceipt, 0);
    }

    /// <summary>Takes up to 32 messages. What cannot be read goes to the poison queue.</summary>
    public async Task<IReadOnlyList<Delivery>> ReceiveAsync(int most, Action<string, Exception> poisoned, CancellationToken cancellation)
    {
        Response<QueueMessage[]> received = await queue.ReceiveMessagesAsync(Math.Clamp(most, 1, 32), Visibility, cancellation);
        var deliveries = new List<Delivery>(received.Value.Length);
        foreach (QueueMessage raw in received.Value)
        {
            try
            {
                deliveries.Add(new Delivery(this, EngineJson.Read<Message>(raw.MessageText), raw.MessageId, raw.PopReceipt, raw.DequeueCount));
            }
            catch (Exception e) when (e is System.Text.Json.JsonException or FormatException or NotSupportedException)
            {
                poisoned(raw.MessageId, e);
                await PoisonAsync(raw.MessageId, raw.PopReceipt, raw.MessageText, cancellation);
            }
        }
        return deliveries;
    }

    /// <summary>Hides a message for another while; false if somebody else has it or it is gone.</summary>
    public async Task<bool> HideAsync(Delivery delivery, TimeSpan hidden, CancellationToken cancellation)
    {
        try
        {
            Response<UpdateReceipt> receipt = await queue.UpdateMessageAsync(
                delivery.MessageId, delivery.PopReceipt, (string?)null, Capped(hidden), cancellation);
            delivery.PopReceipt = receipt.Value.PopReceipt;
            return true;
        }
        catch (RequestFailedException e) when (e.Status is 400 or 404)
        {
            return false;
        }
    }

    /// <summary>Deletes a message; one that somebody else has taken meanwhile stays, and is dropped by whoever handles it.</summary>
    public async Task DeleteAsync(Delivery delivery, CancellationToken cancellation)
    {
        try
        {
            await queue.DeleteMessageAsync(delivery.MessageId, delivery.PopReceipt, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 400 or 404)
        {
            // Its visibility time-out passed and it was received again.
        }
    }

    public Task PoisonAsync(Delivery delivery, CancellationToken cancellation) =>
        PoisonAsync(delivery.MessageId, delivery.PopReceipt, EngineJson.Write(delivery.Message), cancellation);

    private async Task PoisonAsync(string id, string receipt, string text, CancellationToken cancellation)
    {
        await poison.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await poison.SendMessageAsync(text, null, Forever, cancellation);
        try
        {
            await queue.DeleteMessageAsync(id, receipt, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 400 or 404)
        {
            // Received again meanwhile: it will be poisoned again.
        }
    }

    private static TimeSpan Capped(TimeSpan hidden) =>
        hidden <= TimeSpan.Zero ? TimeSpan.Zero : hidden >= LongestDelay ? LongestDelay : TimeSpan.FromSeconds(Math.Ceiling(hidden.TotalSeconds));
}

/// <summary>A message in hand, with what is needed to delete it.</summary>
internal sealed class Delivery(HubQueue queue, Message message, string messageId, string popReceipt, long dequeueCount)
{
    private volatile string _popReceipt = popReceipt;

    public HubQueue Queue { get; } = queue;
    public Message Message { get; } = message;
    public string MessageId { get; } = messageId;
    public long DequeueCount { get; } = dequeueCount;

    /// <summary>Changes with every renewal, and when the message turns up again while it is still being handled.</summary>
    public string PopReceipt
    {
        get => _popReceipt;
        set => _popReceipt = value;
    }
}
