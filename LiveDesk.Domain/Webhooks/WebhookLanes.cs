using System.Collections.Concurrent;

namespace LiveDesk.Domain.Webhooks;

/// <summary>How many deliveries may be on their way to one endpoint at a time, so that a slow receiver holds up its own messages only.</summary>
public sealed class WebhookLanes
{
    private const int Lanes = 4;

    private readonly ConcurrentDictionary<string, int> _taken = new();

    public bool TryEnter(string endpoint)
    {
        if (_taken.AddOrUpdate(endpoint, 1, (_, taken) => taken + 1) <= Lanes) return true;
        Leave(endpoint);
        return false;
    }

    public void Leave(string endpoint) => _taken.AddOrUpdate(endpoint, 0, (_, taken) => taken - 1);
}
