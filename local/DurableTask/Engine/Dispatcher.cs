using System.Collections.Concurrent;

namespace LiveDesk.Local.Durable;

/// <summary>
/// Hands messages to their handlers: those of one instance one batch after the other, those of different instances side by
/// side, activities as many at a time as is set. A message that turns up twice is handled once.
/// </summary>
internal sealed class Dispatcher : ILocalReceiver, IDisposable
{
    // More than this and other hosts should get their share through the queue.
    private const int MostControlMessages = 1000;

    private readonly Hub _hub;
    private readonly HubSettings _settings;
    private readonly InstanceWorker _instances;
    private readonly ActivityWorker _activities;
    private readonly TimeProvider _time;
    private readonly TimerWheel _wheel;
    private readonly ConcurrentDictionary<string, Delivery> _inHand = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Delivery>> _inboxes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _steps;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private int _activitiesInHand;
    private int _controlInHand;
    private bool _wasFull;

    public Dispatcher(Hub hub, HubSettings settings, InstanceWorker instances, ActivityWorker activities, TimeProvider time, TimerWheel wheel)
    {
        _hub = hub;
        _settings = settings;
        _instances = instances;
        _activities = activities;
        _time = time;
        _wheel = wheel;
        _steps = new SemaphoreSlim(settings.MaxConcurrentOrchestratorFunctions);
    }

    /// <summary>Whether all places for activities were taken a moment ago.</summary>
    public bool HasBacklog => Volatile.Read(ref _wasFull);

    /// <summary>Called when an activity has ended, so that another can be taken.</summary>
    public event Action? ActivityEnded;

    /// <summary>Activities that may be taken now.</summary>
    public int FreeActivities => _settings.MaxConcurrentActivityFunctions - Volatile.Read(ref _activitiesInHand);

    /// <summary>Messages of instances that may be taken now.</summary>
    public int FreeControl => MostControlMessages - Volatile.Read(ref _controlInHand);

    public bool HasRoom(HubQueue queue) =>
        !_stopping.IsCancellationRequested && (queue == _hub.WorkItems ? FreeActivities : FreeControl) > 0;

    public void Post(Delivery delivery)
    {
        if (_stopping.IsCancellationRequested)
            return;
        if (delivery.Message.DueAt is { } due && due > _time.GetUtcNow())
        {
            _ = HideUntilDueAsync(delivery, due);
            return;
        }
        if (!_inHand.TryAdd(delivery.MessageId, delivery))
        {
            // It took so long that it turned up again: only its receipt has changed.
            if (_inHand.TryGetValue(delivery.MessageId, out Delivery? first)) first.PopReceipt = delivery.PopReceipt;
            return;
        }
        Interlocked.Increment(ref _running);
        if (delivery.Queue == _hub.WorkItems)
        {
            Interlocked.Increment(ref _activitiesInHand);
            _ = Task.Run(() => RunActivityAsync(delivery));
        }
        else
        {
            Interlocked.Increment(ref _controlInHand);
            Enqueue(delivery);
        }
    }

    /// <summary>Takes nothing more and waits for what is running.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        await _stopping.CancelAsync();
        if (Volatile.Read(ref _running) > 0)
            await _idle.Task.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _steps.Dispose();
        _stopping.Dispose();
    }

    private void Enqueue(Delivery delivery)
    {
        string instance = delivery.Message.Instance;
        lock (_gate)
        {
            if (_inboxes.TryGetValue(instance, out List<Delivery>? inbox))
            {
                inbox.Add(delivery);
                return;
            }
            _inboxes[instance] = [delivery];
        }
        _ = Task.Run(() => WorkAsync(instance));
    }

    private async Task WorkAsync(string instance)
    {
        while (true)
        {
            await _steps.WaitAsync();
            try
            {
                List<Delivery> batch;
                lock (_gate)
                {
                    batch = _inboxes[instance];
                    if (batch.Count == 0)
                    {
                        _inboxes.Remove(instance);
                        return;
                    }
                    _inboxes[instance] = [];
                }
                await _instances.HandleAsync(instance, batch, CancellationToken.None);
                Interlocked.Add(ref _controlInHand, -batch.Count);
                foreach (Delivery delivery in batch)
                    Release(delivery);
            }
            finally
            {
                _steps.Release();
            }
        }
    }

    private async Task RunActivityAsync(Delivery delivery)
    {
        await _activities.HandleAsync(delivery, _stopping.Token);
        Volatile.Write(ref _wasFull, Interlocked.Decrement(ref _activitiesInHand) + 1 >= _settings.MaxConcurrentActivityFunctions);
        Release(delivery);
        ActivityEnded?.Invoke();
    }

    private void Release(Delivery delivery)
    {
        _inHand.TryRemove(delivery.MessageId, out _);
        if (Interlocked.Decrement(ref _running) == 0 && _stopping.IsCancellationRequested)
            _idle.TrySetResult();
    }

    private async Task HideUntilDueAsync(Delivery delivery, DateTimeOffset due)
    {
        if (await delivery.Queue.HideAsync(delivery, due - _time.GetUtcNow() + TimeSpan.FromSeconds(1), CancellationToken.None))
            _wheel.Add(delivery);
    }
}
