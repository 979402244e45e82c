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
    private readonly InstanceWorker _instanceWorker;
    private readonly ActivityWorker _activityWorker;
    private readonly TimeProvider _time;
    private readonly TimerWheel _wheel;
    private readonly ConcurrentDictionary<string, Delivery> _inHand = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Delivery>> _inboxes = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _steps;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;
    private int _activities;
    private int _control;
    private bool _wasFull;

    public Dispatcher(Hub hub, HubSettings settings, InstanceWorker instances, ActivityWorker activities, TimeProvider time, TimerWheel wheel)
    {
        _hub = hub;
        _settings = settings;
        _instanceWorker = instances;
        _activityWorker = activities;
        _time = time;
        _wheel = wheel;
        _steps = new SemaphoreSlim(settings.MaxConcurrentOrchestratorFunctions);
    }

    /// <summary>Whether a work item found no place since this was last asked.</summary>
    public bool WasFull
    {
        get
        {
            lock (_gate)
            {
                bool was = _wasFull;
                _wasFull = false;
                return was;
            }
        }
    }

    /// <summary>Called when an activity has ended, so that another can be taken.</summary>
    public event Action? ActivityEnded;

    public int Reserve(HubQueue queue, int wanted)
    {
        if (_stopping.IsCancellationRequested)
            return 0;
        lock (_gate)
        {
            bool activity = queue == _hub.WorkItems;
            int granted = Math.Clamp(activity ? _settings.MaxConcurrentActivityFunctions - _activities : MostControlMessages - _control, 0, wanted);
            if (activity) _activities += granted;
            else _control += granted;
            // Somebody found no place and left a message in the queue: whoever ends next has the queue looked at.
            if (activity && granted == 0) _wasFull = true;
            return granted;
        }
    }

    public void GiveBack(HubQueue queue, int places)
    {
        lock (_gate)
        {
            if (queue == _hub.WorkItems) _activities -= places;
            else _control -= places;
        }
    }

    public void Post(Delivery delivery)
    {
        if (_stopping.IsCancellationRequested)
        {
            GiveBack(delivery.Queue, 1);
        }
        else if (delivery.Message.DueAt is { } due && due > _time.GetUtcNow())
        {
            GiveBack(delivery.Queue, 1);
            _ = HideUntilDueAsync(delivery, due);
        }
        else if (!_inHand.TryAdd(delivery.MessageId, delivery))
        {
            GiveBack(delivery.Queue, 1);
            // It took so long that it turned up again: only its receipt has changed.
            if (_inHand.TryGetValue(delivery.MessageId, out Delivery? first)) first.PopReceipt = delivery.PopReceipt;
        }
        else
        {
            Interlocked.Increment(ref _running);
            if (delivery.Queue == _hub.WorkItems) _ = Task.Run(() => RunActivityAsync(delivery));
            else Enqueue(delivery);
        }
    }

    /// <summary>Handles a message whose time has come. There is always a place for it: nobody else would bring it soon.</summary>
    public void PostDue(Delivery delivery)
    {
        GiveBack(delivery.Queue, -1);
        Post(delivery);
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
                await _instanceWorker.HandleAsync(instance, batch, CancellationToken.None);
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
        await _activityWorker.HandleAsync(delivery, _stopping.Token);
        Release(delivery);
        ActivityEnded?.Invoke();
    }

    private void Release(Delivery delivery)
    {
        _inHand.TryRemove(delivery.MessageId, out _);
        GiveBack(delivery.Queue, 1);
        if (Interlocked.Decrement(ref _running) == 0 && _stopping.IsCancellationRequested)
            _idle.TrySetResult();
    }

    private async Task HideUntilDueAsync(Delivery delivery, DateTimeOffset due)
    {
        if (await delivery.Queue.HideAsync(delivery, due - _time.GetUtcNow() + TimeSpan.FromSeconds(1), CancellationToken.None))
            _wheel.Add(delivery);
    }
}
