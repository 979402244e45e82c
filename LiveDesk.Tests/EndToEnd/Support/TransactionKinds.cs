using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>What kinds of storage transactions each step of a test took, for the message of a failure.</summary>
internal sealed class TransactionKinds : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Step, string Kind)> _seen = [];
    private volatile string _step = "start";

    public TransactionKinds()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "livedesk.storage.transactions") listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach (KeyValuePair<string, object?> tag in tags)
                if (tag.Key == "kind") _seen.Enqueue((_step, $"{tag.Value}"));
        });
        _listener.Start();
    }

    public void Next(string step) => _step = step;

    public void Dispose() => _listener.Dispose();

    public override string ToString() => string.Join('\n', _seen.Where(s => s.Kind != "queue.idle").GroupBy(s => s.Step)
        .Select(step => $"{step.Key}: {string.Join(", ", step.GroupBy(s => s.Kind).Select(k => $"{k.Count()} {k.Key}"))}"));
}
