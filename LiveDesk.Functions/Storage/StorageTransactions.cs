using System.Diagnostics.Metrics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// Counts storage transactions: every request that leaves counts one, as the service bills it. A poll of an empty queue is counted apart,
/// since it belongs to no work.
/// </summary>
internal sealed class StorageTransactions : HttpPipelineSynchronousPolicy, IDisposable
{
    private readonly Meter _meter = new("LiveDesk.Storage");
    private readonly Counter<long> _counter;
    private long _count;
    private long _idlePolls;

    public StorageTransactions() =>
        _counter = _meter.CreateCounter<long>("livedesk.storage.transactions", "{transaction}", "Requests to tables, queues and blobs");

    /// <summary>Transactions since start-up, idle polls left out.</summary>
    public long Count => Interlocked.Read(ref _count);

    public long IdlePolls => Interlocked.Read(ref _idlePolls);

    public override void OnReceivedResponse(HttpMessage message)
    {
        string kind = Kind(message.Request);
        bool idle = kind == "queue.get" && message.HasResponse && message.Response.ContentStream is { CanSeek: true, Length: < EmptyQueueAnswer };
        if (idle) Interlocked.Increment(ref _idlePolls);
        else Interlocked.Increment(ref _count);
        _counter.Add(1, new KeyValuePair<string, object?>("kind", idle ? "queue.idle" : kind));
    }

    public void Dispose() => _meter.Dispose();

    // <?xml ...?><QueueMessagesList/> without a message in it.
    private const int EmptyQueueAnswer = 120;

    private static string Kind(Request request)
    {
        string uri = request.Uri.ToString();
        bool queue = uri.Contains("/messages", StringComparison.Ordinal);
        if (queue) return request.Method == RequestMethod.Get ? "queue.get" : $"queue.{request.Method.ToString().ToLowerInvariant()}";
        return uri.Contains("$batch", StringComparison.Ordinal) ? "table.transaction" : $"storage.{request.Method.ToString().ToLowerInvariant()}";
    }
}
