using System.Collections;
using System.Collections.Concurrent;
using Azure;
using Azure.Core.Serialization;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>Sends what output bindings hold, and wakes this host's listener of the queue, as the official host does.</summary>
internal sealed class QueueOutputs(StorageConnections storage, IConfiguration configuration, HostJson hostJson)
{
    private readonly ConcurrentDictionary<(string? Connection, string Queue), QueueClient> _clients = [];

    /// <summary>A message went into this queue (connection setting, queue name).</summary>
    public event Action<string?, string>? Sent;

    public async Task SendAsync(QueueOutputAttribute binding, object? value, ObjectSerializer serializer, CancellationToken cancellationToken)
    {
        string name = configuration.Resolve(binding.QueueName);
        foreach (object message in Messages(value))
        {
            BinaryData body = message switch
            {
                string text => BinaryData.FromString(text),
                byte[] bytes => BinaryData.FromBytes(bytes),
                BinaryData data => data,
                _ => await serializer.SerializeAsync(message, message.GetType(), cancellationToken),
            };
            QueueClient queue = _clients.GetOrAdd((binding.Connection, name), key => storage.Queue(key.Connection, key.Queue));
            await SendAsync(queue, MessageText.Encode(body, hostJson.Queues.Base64), cancellationToken);
            Sent?.Invoke(binding.Connection, name);
        }
    }

    /// <summary>Sends a text as it stands; a missing queue is created and the send repeated.</summary>
    public static async Task SendAsync(QueueClient queue, string text, CancellationToken cancellationToken)
    {
        try
        {
            await queue.SendMessageAsync(text, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await queue.SendMessageAsync(text, cancellationToken);
        }
    }

    private static IEnumerable<object> Messages(object? value) => value switch
    {
        null => [],
        string or byte[] or BinaryData => [value],
        IEnumerable many when value.GetType().IsArray || value is IList => many.Cast<object?>().OfType<object>(),
        _ => [value],
    };
}
