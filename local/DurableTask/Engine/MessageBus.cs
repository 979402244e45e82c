namespace LiveDesk.Local.Durable;

/// <summary>Takes deliveries for handling in this process.</summary>
internal interface ILocalReceiver
{
    /// <summary>Sets places aside for messages of the queue: as many as wanted, or as there are. Each is used by a post or given back.</summary>
    int Reserve(HubQueue queue, int wanted);

    /// <summary>Gives places back.</summary>
    void GiveBack(HubQueue queue, int places);

    /// <summary>Handles a message for which a place was set aside; it is this receiver's from now on.</summary>
    void Post(Delivery delivery);
}

/// <summary>
/// Sends messages. Every message is in its queue before anybody acts on it. If this process has room for it, it is put there
/// hidden and handed over in memory with its receipt, which saves the receiving and the polling delay; if the process dies, the
/// message turns up again when its visibility time-out has passed.
/// </summary>
internal sealed class MessageBus(Hub hub, TimeProvider time)
{
    // The wheel is exact; the queue only stands in for it after a restart, and must not compete with it.
    private static readonly TimeSpan BehindTheWheel = TimeSpan.FromSeconds(1);

    private volatile ILocalReceiver? _receiver;
    private TimerWheel? _wheel;

    /// <summary>Called when a message was put for pollers to find.</summary>
    public event Action<HubQueue>? Put;

    /// <summary>From now on messages may be handed over in this process.</summary>
    public void Attach(ILocalReceiver receiver, TimerWheel wheel)
    {
        _wheel = wheel;
        _receiver = receiver;
    }

    /// <summary>From now on messages go to the queues only.</summary>
    public void Detach() => _receiver = null;

    /// <summary>Puts a message and sees to it that it is handled.</summary>
    public async Task SendAsync(Message message, CancellationToken cancellation)
    {
        Sent sent = await PutAsync(message, cancellation);
        sent.HandOver();
    }

    /// <summary>Puts a message; it is handled in this process only after <see cref="Sent.HandOver"/>.</summary>
    public async Task<Sent> PutAsync(Message message, CancellationToken cancellation)
    {
        HubQueue queue = message.Kind == MessageKind.RunActivity ? hub.WorkItems : hub.ControlOf(message.Instance);
        ILocalReceiver? receiver = _receiver;
        TimeSpan delay = message.DueAt is { } due ? due - time.GetUtcNow() : TimeSpan.Zero;
        if (receiver is not null && delay > TimeSpan.Zero)
        {
            Delivery waiting = await queue.PutAsync(message, delay + BehindTheWheel, cancellation);
            return new Sent(waiting, () => _wheel!.Add(waiting), () => { });
        }
        if (receiver?.Reserve(queue, 1) != 1)
        {
            Delivery visible = await queue.PutAsync(message, delay, cancellation);
            return new Sent(visible, () => Put?.Invoke(queue), () => { });
        }
        try
        {
            Delivery hidden = await queue.PutAsync(message, queue.Visibility, cancellation);
            return new Sent(hidden, () => receiver.Post(hidden), () => receiver.GiveBack(queue, 1));
        }
        catch
        {
            receiver.GiveBack(queue, 1);
            throw;
        }
    }

    /// <summary>A message in its queue: either handed over or taken back.</summary>
    internal sealed class Sent(Delivery delivery, Action handOver, Action release)
    {
        public void HandOver() => handOver();

        public async Task TakeBackAsync()
        {
            release();
            await delivery.Queue.DeleteAsync(delivery, CancellationToken.None);
        }
    }
}
