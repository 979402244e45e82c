using System.Collections.Concurrent;

namespace LiveDesk.Local.Durable;

/// <summary>Instances in memory: the most recently used ones, and none that has been idle for long. An evicted one is read again when it is needed.</summary>
internal sealed class SessionCache(HubSettings settings, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _sweeping = new();
    private DateTimeOffset _nextSweep;

    public int Count => _sessions.Count;

    public Session? Find(string instance) => _sessions.GetValueOrDefault(instance);

    /// <summary>Keeps a session unless the instance has one.</summary>
    public Session Keep(Session session)
    {
        session.LastUsed = time.GetUtcNow();
        if (!settings.ExtendedSessionsEnabled)
            return session;
        Session kept = _sessions.GetOrAdd(session.Instance, session);
        kept.LastUsed = session.LastUsed;
        Sweep();
        return kept;
    }

    /// <summary>Keeps a session in the place of whatever was there.</summary>
    public void Replace(Session session)
    {
        session.LastUsed = time.GetUtcNow();
        if (!settings.ExtendedSessionsEnabled)
            return;
        _sessions[session.Instance] = session;
        Sweep();
    }

    public void Drop(string instance) => _sessions.TryRemove(instance, out _);

    private void Sweep()
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_sweeping)
        {
            if (_sessions.Count <= settings.MaxSessions && now < _nextSweep)
                return;
            _nextSweep = now + settings.ExtendedSessionIdleTimeout;
            foreach (Session idle in _sessions.Values.Where(s => now - s.LastUsed > settings.ExtendedSessionIdleTimeout).ToArray())
                _sessions.TryRemove(idle.Instance, out _);
            int surplus = _sessions.Count - settings.MaxSessions;
            if (surplus <= 0)
                return;
            // A tenth more than needed, so that a full cache is not sorted at every step.
            foreach (Session old in _sessions.Values.OrderBy(s => s.LastUsed).Take(surplus + settings.MaxSessions / 10).ToArray())
                _sessions.TryRemove(old.Instance, out _);
        }
    }
}
