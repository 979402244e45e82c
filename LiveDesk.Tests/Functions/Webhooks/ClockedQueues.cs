using LiveDesk.Domain.Workspaces;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Functions.Webhooks;

/// <summary>Queues whose delays are those of the test's clock. What a handler throws at comes again, as on a real queue.</summary>
internal sealed class ClockedQueues(FakeClock clock) : IWorkQueues
{
    private readonly Lock _gate = new();
    private readonly List<(WorkItem Item, DateTimeOffset VisibleAt, string Id, int Tries)> _waiting = [];
    private int _next;

    public Task PutAsync(WorkItem item, CancellationToken cancellationToken, TimeSpan delay = default)
    {
        Add(item, delay, 0);
        return Task.CompletedTask;
    }

    public Task<HiddenWork> PutHiddenAsync(WorkItem item, TimeSpan delay, CancellationToken cancellationToken) =>
        Task.FromResult(new HiddenWork(item.Queue, Add(item, delay, 0), "", ""));

    public Task RevealAsync(HiddenWork hidden, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            int index = _waiting.FindIndex(w => w.Id == hidden.Id);
            _waiting[index] = _waiting[index] with { VisibleAt = clock.GetUtcNow() };
        }
        return Task.CompletedTask;
    }

    public Task RemoveAsync(HiddenWork hidden, CancellationToken cancellationToken)
    {
        lock (_gate) _waiting.RemoveAll(w => w.Id == hidden.Id);
        return Task.CompletedTask;
    }

    /// <summary>Works through everything that becomes visible until then, moving the clock from one to the next.</summary>
    public async Task RunAsync(TimeSpan span, Func<WorkItem, bool, Task> handle)
    {
        DateTimeOffset end = clock.GetUtcNow() + span;
        while (Take(end) is { } work)
        {
            if (work.VisibleAt > clock.GetUtcNow()) clock.Advance(work.VisibleAt - clock.GetUtcNow());
            try
            {
                await handle(work.Item, work.Tries > 0);
            }
            catch (CrashException)
            {
                Add(work.Item, TimeSpan.FromSeconds(5), work.Tries + 1);
            }
        }
        clock.Advance(end - clock.GetUtcNow());
    }

    private string Add(WorkItem item, TimeSpan delay, int tries)
    {
        lock (_gate)
        {
            _waiting.Add((item, clock.GetUtcNow() + delay, $"{++_next}", tries));
            return $"{_next}";
        }
    }

    private (WorkItem Item, DateTimeOffset VisibleAt, string Id, int Tries)? Take(DateTimeOffset until)
    {
        lock (_gate)
        {
            if (!_waiting.Any(w => w.VisibleAt <= until)) return null;
            var first = _waiting.Where(w => w.VisibleAt <= until).MinBy(w => w.VisibleAt);
            _waiting.Remove(first);
            return first;
        }
    }
}

/// <summary>The process dies here.</summary>
internal sealed class CrashException : Exception;
