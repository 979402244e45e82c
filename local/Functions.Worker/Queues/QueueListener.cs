using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>
/// Polls one queue for one function. Runs on the machine's own time, not on the app's TimeProvider: storage, which hides and shows
/// the messages, does so too.
/// </summary>
internal sealed class QueueListener(
    FunctionEntry function, QueueClient queue, QueueClient poison, QueueSettings settings, TimeSpan lease, FunctionInvoker invoker, ILogger logger)
    : IDisposable
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _wake = new(0);
    private readonly SemaphoreSlim _finished = new(0);
    private int _running;

    /// <summary>Polls now if the listener is pausing.</summary>
    public void Wake()
    {
        if (_wake.CurrentCount == 0)
            _wake.Release();
    }

    public void Dispose()
    {
        _wake.Dispose();
        _finished.Dispose();
    }

    /// <summary>Polls until told to stop, then waits for what is running; <paramref name="cutOff"/> cancels that.</summary>
    public async Task RunAsync(CancellationToken stop, CancellationToken cutOff)
    {
        try
        {
            await PollAsync(stop, cutOff);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The pause between polls was the right moment.
        }
        while (Volatile.Read(ref _running) > 0)
            await _finished.WaitAsync(CancellationToken.None);
    }

    private async Task PollAsync(CancellationToken stop, CancellationToken cutOff)
    {
        TimeSpan pause = ShortestPause;
        while (!stop.IsCancellationRequested)
        {
            while (Volatile.Read(ref _running) > settings.NewBatchThreshold)
                await _finished.WaitAsync(stop);
            // A poll is not given up half-way: its messages would be hidden for a whole lease.
            QueueMessage[] batch = await ReceiveAsync(pause == ShortestPause, cutOff);
            foreach (QueueMessage message in batch)
            {
                Interlocked.Increment(ref _running);
                _ = ProcessAsync(message, cutOff);
            }
            if (batch.Length > 0)
            {
                pause = ShortestPause;
                continue;
            }
            bool woken = await _wake.WaitAsync(pause < settings.MaxPollingInterval ? pause : settings.MaxPollingInterval, stop);
            pause = woken ? ShortestPause : pause < settings.MaxPollingInterval ? pause * 2 : pause;
        }
    }

    private async Task<QueueMessage[]> ReceiveAsync(bool tell, CancellationToken cancellationToken)
    {
        try
        {
            return await queue.ReceiveMessagesAsync(settings.BatchSize, lease, cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Nobody has created the queue yet; the trigger does not do it.
            return [];
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException or IOException)
        {
            if (tell)
                logger.PollFailed(queue.Name, e.Message);
            return [];
        }
    }

    private async Task ProcessAsync(QueueMessage message, CancellationToken cutOff)
    {
        // What runs up to the first real wait must not hold up the other messages of the batch.
        await Task.Yield();
        var leased = new LeasedMessage(queue, message, lease);
        try
        {
            await TryAsync(message, leased, cutOff);
        }
        catch (Exception e)
        {
            // Storage refused; the lease ends by itself and the message comes again.
            logger.NotSettled(message.MessageId, queue.Name, e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
            _finished.Release();
        }
    }

    private async Task TryAsync(QueueMessage message, LeasedMessage leased, CancellationToken cutOff)
    {
        if (MessageText.Decode(message.Body, settings.Base64) is not { } body)
        {
            logger.Undecodable(message.MessageId, queue.Name, poison.Name);
            await leased.MoveToAsync(poison);
            return;
        }
        bool lastTry = message.DequeueCount >= settings.MaxDequeueCount;
        // Counted beyond the last try: a host died with the message in its hands.
        if (message.DequeueCount <= settings.MaxDequeueCount && await leased.KeepWhileAsync(() => SucceedsAsync(message, body, cutOff)))
        {
            await leased.DeleteAsync();
        }
        else if (lastTry && !cutOff.IsCancellationRequested)
        {
            logger.Poisoned(message.MessageId, queue.Name, Math.Min(message.DequeueCount, settings.MaxDequeueCount), poison.Name);
            await leased.MoveToAsync(poison);
        }
        else
        {
            await leased.ReleaseAsync(settings.RetryDelay);
        }
    }

    private async Task<bool> SucceedsAsync(QueueMessage message, BinaryData body, CancellationToken cutOff)
    {
        QueueMessage decoded = QueuesModelFactory.QueueMessage(
            message.MessageId, message.PopReceipt, body, message.DequeueCount, message.NextVisibleOn, message.InsertedOn, message.ExpiresOn);
        try
        {
            await invoker.RunAsync(new InvocationRequest(function, decoded, BindingData(decoded)), cutOff);
            return true;
        }
        catch (Exception)
        {
            // The invoker has logged it.
            return false;
        }
    }

    private static Dictionary<string, object?> BindingData(QueueMessage message) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["QueueTrigger"] = message.Body.ToString(),
        ["Id"] = message.MessageId,
        ["PopReceipt"] = message.PopReceipt,
        ["DequeueCount"] = message.DequeueCount,
        ["InsertionTime"] = message.InsertedOn,
        ["ExpirationTime"] = message.ExpiresOn,
        ["NextVisibleTime"] = message.NextVisibleOn,
    };
}
