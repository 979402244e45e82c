using System.Net;

namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>The scripted faults, in the order in which they were given.</summary>
public sealed class FaultScript : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Entry> _entries = [];
    private CancellationTokenSource _cleared = new();
    private int _lastId;

    /// <summary>Cancelled when the faults are cleared, which lets go of what they hold.</summary>
    public CancellationToken Cleared
    {
        get { lock (_gate) return _cleared.Token; }
    }

    public ScriptedFault Add(Fault fault)
    {
        Check(fault);
        lock (_gate)
        {
            Entry entry = new($"f{++_lastId}", fault);
            _entries.Add(entry);
            return entry.Seen;
        }
    }

    public IReadOnlyList<ScriptedFault> List()
    {
        lock (_gate) return [.. _entries.Select(entry => entry.Seen)];
    }

    public void Clear()
    {
        CancellationTokenSource cleared;
        lock (_gate)
        {
            _entries.Clear();
            cleared = _cleared;
            _cleared = new CancellationTokenSource();
        }

        cleared.Cancel();
    }

    public void Dispose() => _cleared.Dispose();

    /// <summary>Takes the fault that this request meets, if any.</summary>
    public Fault? TakeForRequest(string provider, string method, string path, string body) => Take(
        fault => fault.On == FaultOn.Request && Named(fault.Method, method) && Within(fault.Path, path) && Within(fault.Contains, body), provider);

    /// <summary>Takes the fault that this webhook meets, if any.</summary>
    public Fault? TakeForWebhook(string provider, string kind, string url, string body) => Take(
        fault => fault.On == FaultOn.Webhook && Named(fault.Webhook, kind) && Within(fault.Path, url) && Within(fault.Contains, body), provider);

    /// <summary>Takes the fault that the delivery to this recipient meets, if any.</summary>
    public Fault? TakeForMessage(string provider, string recipient) => Take(
        fault => fault.On == FaultOn.Message && Within(fault.Contains, recipient), provider);

    private Fault? Take(Func<Fault, bool> fits, string provider)
    {
        lock (_gate)
        {
            foreach (Entry entry in _entries.Where(entry => !entry.IsSpent && Named(entry.Fault.Provider, provider) && fits(entry.Fault)))
                if (entry.Meet()) return entry.Fault;
            return null;
        }
    }

    private static bool Named(string? wanted, string actual) => wanted is null || wanted.Equals(actual, StringComparison.OrdinalIgnoreCase);

    private static bool Within(string? wanted, string actual) => wanted is null
        || actual.Contains(wanted, StringComparison.OrdinalIgnoreCase)
        || WebUtility.UrlDecode(actual).Contains(wanted, StringComparison.OrdinalIgnoreCase);

    private static void Check(Fault fault)
    {
        FaultKind[] possible = fault.On switch
        {
            FaultOn.Request => [FaultKind.Status, FaultKind.Hang, FaultKind.Drop, FaultKind.Slow],
            FaultOn.Webhook => [FaultKind.Drop, FaultKind.Delay, FaultKind.Duplicate, FaultKind.Reorder],
            _ => [FaultKind.Fail],
        };
        if (!possible.Contains(fault.Kind))
            throw new ControlException(400, $"On a {fault.On.ToString().ToLowerInvariant()} a fault is one of: {string.Join(", ", possible)}.".ToLowerInvariant());
    }

    private sealed class Entry(string id, Fault fault)
    {
        private int _met;

        public Fault Fault { get; } = fault;

        public ScriptedFault Seen => new(id, Fault, Math.Max(0, _met - Fault.Skip));

        public bool IsSpent => Fault.Times > 0 && _met >= Fault.Skip + Fault.Times;

        /// <summary>Counts the request; tells whether the fault has begun.</summary>
        public bool Meet() => ++_met > Fault.Skip;
    }
}

/// <summary>A fault as the control API shows it.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Fault">What was scripted.</param>
/// <param name="Hits">Requests that it has hit.</param>
public sealed record ScriptedFault(string Id, Fault Fault, int Hits);
