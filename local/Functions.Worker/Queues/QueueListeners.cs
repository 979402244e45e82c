using System.Globalization;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>The listeners of all queue functions.</summary>
internal sealed class QueueListeners(
    StorageConnections storage, IConfiguration configuration, HostJson hostJson, FunctionInvoker invoker, QueueOutputs outputs, ILoggerFactory loggers)
    : IDisposable
{
    /// <summary>
    /// How long a fetched message stays hidden before it is renewed or comes again; the setting LocalHost:QueueLease.
    /// The official host takes 10 minutes; on one machine a killed host's messages should come back sooner.
    /// </summary>
    private readonly TimeSpan _lease = TimeSpan.Parse(configuration["LocalHost:QueueLease"] ?? "00:00:30", CultureInfo.InvariantCulture);

    private readonly List<(string? Connection, string Queue, QueueListener Listener)> _listeners = [];

    /// <summary>Starts polling; the task ends once everything has stopped.</summary>
    public Task RunAsync(IEnumerable<FunctionEntry> functions, CancellationToken stop, CancellationToken cutOff)
    {
        ILogger logger = loggers.CreateLogger("Host.Queues");
        foreach (FunctionEntry function in functions.Where(function => function.Trigger is QueueTriggerAttribute))
        {
            var trigger = (QueueTriggerAttribute)function.Trigger;
            string name = configuration.Resolve(trigger.QueueName);
            QueueClient queue = storage.Queue(trigger.Connection, name);
            QueueClient poison = storage.Queue(trigger.Connection, name + "-poison");
            _listeners.Add((trigger.Connection, name, new QueueListener(function, queue, poison, hostJson.Queues, _lease, invoker, logger)));
        }
        outputs.Sent += Wake;
        return Task.WhenAll(_listeners.Select(listening => Task.Run(() => listening.Listener.RunAsync(stop, cutOff), CancellationToken.None)));
    }

    public void Dispose()
    {
        outputs.Sent -= Wake;
        foreach (var (_, _, listener) in _listeners)
            listener.Dispose();
    }

    private void Wake(string? connection, string queue)
    {
        foreach (var (_, _, listener) in _listeners.Where(l => l.Connection == connection && l.Queue == queue))
            listener.Wake();
    }
}
