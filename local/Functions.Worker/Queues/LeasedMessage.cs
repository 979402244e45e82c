using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace LiveDesk.Local;

/// <summary>A message that this host holds, and the pop receipt that changes with every renewal.</summary>
internal sealed class LeasedMessage(QueueClient queue, QueueMessage message, TimeSpan lease)
{
    private string _popReceipt = message.PopReceipt;

    /// <summary>Keeps the message hidden while the work runs, however long that takes.</summary>
    public async Task<bool> KeepWhileAsync(Func<Task<bool>> work)
    {
        using var over = new CancellationTokenSource();
        Task renewing = RenewAsync(over.Token);
        try
        {
            return await work();
        }
        finally
        {
            await over.CancelAsync();
            await renewing;
        }
    }

    /// <summary>Done.</summary>
    public Task DeleteAsync() => queue.DeleteMessageAsync(message.MessageId, _popReceipt);

    /// <summary>To be tried again after the delay.</summary>
    public Task ReleaseAsync(TimeSpan delay) => queue.UpdateMessageAsync(message.MessageId, _popReceipt, visibilityTimeout: delay);

    /// <summary>Copies the message as it stands, then deletes it: a crash in between leaves it twice, never nowhere.</summary>
    public async Task MoveToAsync(QueueClient target)
    {
        await QueueOutputs.SendAsync(target, message.Body.ToString(), CancellationToken.None);
        await DeleteAsync();
    }

    private async Task RenewAsync(CancellationToken over)
    {
        using var half = new PeriodicTimer(lease / 2);
        try
        {
            while (await half.WaitForNextTickAsync(over))
            {
                UpdateReceipt receipt = await queue.UpdateMessageAsync(message.MessageId, _popReceipt, visibilityTimeout: lease, cancellationToken: CancellationToken.None);
                _popReceipt = receipt.PopReceipt;
            }
        }
        catch (OperationCanceledException)
        {
            // The work is done.
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // The message is somebody else's now, or storage is down: settling it will tell.
        }
    }
}
