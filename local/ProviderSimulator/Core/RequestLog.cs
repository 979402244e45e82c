namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>A request of the desk.</summary>
/// <param name="At">When it came in.</param>
/// <param name="Provider">Whom it was for.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Path">Path below the provider's, with the query.</param>
/// <param name="Body">As sent; text only.</param>
/// <param name="Fault">The fault that it met.</param>
/// <param name="Status">What the provider answered, or would have answered but for the fault; null if it did not get to work.</param>
public sealed record LoggedRequest(DateTimeOffset At, string Provider, string Method, string Path, string Body, FaultKind? Fault, int? Status);

/// <summary>The requests of the desk, oldest first. Credentials are not kept.</summary>
public sealed class RequestLog
{
    private const int Capacity = 20_000;
    private readonly Lock _gate = new();
    private readonly Queue<LoggedRequest> _requests = new();

    public void Add(LoggedRequest request)
    {
        lock (_gate)
        {
            _requests.Enqueue(request);
            if (_requests.Count > Capacity) _requests.Dequeue();
        }
    }

    public IReadOnlyList<LoggedRequest> List()
    {
        lock (_gate) return [.. _requests];
    }

    public void Clear()
    {
        lock (_gate) _requests.Clear();
    }
}
