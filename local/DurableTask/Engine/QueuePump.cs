using Microsoft.Extensions.Logging;

namespace LiveDesk.Local.Durable;

/// <summary>
/// Polls one queue. After an empty poll it waits longer each time, up to the longest interval; a message put by this process
/// wakes it. It goes by real time, since the storage service does.
/// </summary>
internal sealed partial class QueuePump(HubQueue queue, ILocalReceiver receiver, TimeSpan longestPause, ILogger logger) : IDisposable
{
    private const int MostAtOnce = 32;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private readonly SemaphoreSlim _wake = new(0, 1);

    /// <summary>Polls at once.</summary>
    public void Wake()
    {
        try
        {
            if (_wake.CurrentCount == 0) _wake.Release();
        }
        catch (SemaphoreFullException)
        {
            // Woken already.
        }
    }

    public async Task RunAsync(CancellationToken stopping)
    {
        TimeSpan pause = ShortestPause;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                int taken = await PollAsync(stopping);
                if (taken > 0)
                {
                    pause = ShortestPause;
                    continue;
                }
                bool woken = await _wake.WaitAsync(pause, stopping);
                pause = woken ? ShortestPause : Longer(pause);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogPollFailed(logger, queue.Name, e);
                pause = longestPause;
                await ((Task)_wake.WaitAsync(longestPause, stopping)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    public void Dispose() => _wake.Dispose();

    private async Task<int> PollAsync(CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        int places = receiver.Reserve(queue, MostAtOnce);
        if (places == 0)
            return 0;
        IReadOnlyList<Delivery> received = [];
        try
        {
            // Not cancelled half-way: a message that storage has handed out would stay hidden for nothing.
            received = await queue.ReceiveAsync(places, (id, e) => LogPoison(logger, queue.Name, id, e), CancellationToken.None);
        }
        finally
        {
            receiver.GiveBack(queue, places - received.Count);
        }
        foreach (Delivery delivery in received)
            receiver.Post(delivery);
        return received.Count;
    }

    private TimeSpan Longer(TimeSpan pause)
    {
        TimeSpan next = pause * 2;
        return next > longestPause ? longestPause : next;
    }

    [LoggerMessage(7001, LogLevel.Warning, "Polling the queue {Queue} failed; it will be polled again.")]
    private static partial void LogPollFailed(ILogger logger, string queue, Exception exception);

    [LoggerMessage(7002, LogLevel.Error, "The message {MessageId} of the queue {Queue} cannot be read and was moved to its poison queue.")]
    private static partial void LogPoison(ILogger logger, string queue, string messageId, Exception exception);
}
