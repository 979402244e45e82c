using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace LiveDesk.Functions.Telemetry;

/// <summary>
/// The desk's own traces and measurements. A trace begins with the provider's webhook or the API call and goes with every work item over the queues
/// (W3C trace context, w3.org/TR/trace-context). Neither holds texts, names or numbers of customers.
/// </summary>
internal sealed class DeskTelemetry : IDisposable
{
    public const string SourceName = "LiveDesk";
    public const string MeterName = "LiveDesk";

    private readonly Counter<long> _messages;
    private readonly Counter<long> _outcomes;
    private readonly Histogram<double> _age;
    private readonly Gauge<long> _poison;

    public DeskTelemetry()
    {
        _messages = Meter.CreateCounter<long>("livedesk.messages", "{message}", "Messages received from customers (in) and written to them (out)");
        _outcomes = Meter.CreateCounter<long>("livedesk.send.outcomes", "{message}", "What became of messages to customers, by delivery status");
        _age = Meter.CreateHistogram<double>("livedesk.queue.age", "s", "How long a work item was on its queue until it was worked on, delays included");
        _poison = Meter.CreateGauge<long>("livedesk.queue.poison", "{message}", "Messages in the poison queues");
    }

    public ActivitySource Source { get; } = new(SourceName);

    public Meter Meter { get; } = new(MeterName);

    public Activity? Begin(string name, ActivityKind kind, ActivityContext parent) => Source.StartActivity(name, kind, parent);

    public void Message(string direction) => _messages.Add(1, Tag("direction", direction));

    public void Outcome(string status) => _outcomes.Add(1, Tag("status", status));

    public void Age(string function, TimeSpan age) => _age.Record(Math.Max(0, age.TotalSeconds), Tag("function", function));

    public void Poisoned(string queue, int count) => _poison.Record(count, Tag("queue", queue));

    public void Dispose()
    {
        Source.Dispose();
        Meter.Dispose();
    }

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
