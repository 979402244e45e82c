using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local.Durable;

/// <summary>Everything that works on the hub in this process, put together and run.</summary>
internal sealed class HubWorker : IDisposable
{
    private readonly Hub _hub;
    private readonly MessageBus _bus;
    private readonly TimerWheel _wheel;
    private readonly Dispatcher _dispatcher;
    private readonly Dictionary<HubQueue, QueuePump> _pumps;
    private readonly CancellationTokenSource _stopping = new();
    private Task _polling = Task.CompletedTask;

    public HubWorker(
        Hub hub, HubSettings settings, MessageBus bus, SessionCache sessions, InstanceSignals signals, DurableFunctions functions,
        DataConverter converter, TimeProvider time, ILoggerFactory loggers)
    {
        _hub = hub;
        _bus = bus;
        _wheel = new TimerWheel(time, delivery => _dispatcher!.PostDue(delivery));
        var steps = new StepBuilder(hub.Payloads, functions, time);
        var instances = new InstanceWorker(hub, settings, steps, sessions, bus, _wheel, signals, loggers.CreateLogger<InstanceWorker>());
        var activities = new ActivityWorker(settings, hub.Payloads, functions, converter, bus, loggers.CreateLogger<ActivityWorker>());
        _dispatcher = new Dispatcher(hub, settings, instances, activities, time, _wheel);
        ILogger logger = loggers.CreateLogger<QueuePump>();
        _pumps = hub.Controls.Append(hub.WorkItems).ToDictionary(queue => queue, queue => new QueuePump(
            queue, _dispatcher, settings.MaxQueuePollingInterval, logger));
    }

    /// <summary>Timers that wait in this process.</summary>
    public int WaitingTimers => _wheel.Count;

    /// <summary>When the next of them is due; null if none waits.</summary>
    public DateTimeOffset? NextTimer => _wheel.Next;

    public async Task StartAsync()
    {
        await _hub.EnsureCreatedAsync();
        _bus.Attach(_dispatcher, _wheel);
        _bus.Put += Wake;
        _dispatcher.ActivityEnded += WakeWorkItems;
        _polling = Task.WhenAll(_pumps.Values.Select(pump => Task.Run(() => pump.RunAsync(_stopping.Token))));
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        _bus.Detach();
        await _stopping.CancelAsync();
        await _polling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _dispatcher.StopAsync(cancellation);
    }

    public void Dispose()
    {
        _wheel.Dispose();
        _dispatcher.Dispose();
        foreach (QueuePump pump in _pumps.Values)
            pump.Dispose();
        _stopping.Dispose();
    }

    private void Wake(HubQueue queue) => _pumps[queue].Wake();

    // Work items may have been left in the queue because all places were taken.
    private void WakeWorkItems()
    {
        if (_dispatcher.WasFull) _pumps[_hub.WorkItems].Wake();
    }
}
