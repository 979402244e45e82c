using System.Diagnostics.Metrics;

namespace LiveDesk.Functions.Webhooks;

/// <summary>Counts of the webhook door, by provider.</summary>
internal sealed class WebhookCounters : IDisposable
{
    private readonly Meter _meter = new("LiveDesk.Webhooks");
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _unknown;

    public WebhookCounters()
    {
        _accepted = _meter.CreateCounter<long>("livedesk.webhooks.accepted", "{event}", "Events that were put on the queue");
        _refused = _meter.CreateCounter<long>("livedesk.webhooks.refused", "{request}", "Requests that were refused");
        _unknown = _meter.CreateCounter<long>("livedesk.webhooks.unknown", "{event}", "Well-formed events of a kind the desk does not know");
    }

    public void Accepted(string provider, int events) => _accepted.Add(events, Tag("provider", provider));

    public void Refused(string provider, int status, string reason) =>
        _refused.Add(1, Tag("provider", provider), Tag("status", status), Tag("reason", reason));

    public void Unknown(string provider, string kind) => _unknown.Add(1, Tag("provider", provider), Tag("kind", kind));

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
