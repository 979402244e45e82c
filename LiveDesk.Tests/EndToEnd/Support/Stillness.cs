using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Local.Durable;
using LiveDesk.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.EndToEnd.Support;

internal static class Stillness
{
    /// <summary>
    /// Waits until no queue holds a message, hidden or in flight, other than those of sleeping timers, and the desk asks storage for nothing any more.
    /// </summary>
    public static async Task QuietAsync(this Desk desk, TimeSpan? within = null)
    {
        var queues = new QueueServiceClient(desk.Settings.Storage.ConnectionString);
        var timers = desk.Services.GetRequiredService<HubWorker>();
        long last = -1;
        await Eventually.SeesAsync(
            async () =>
            {
                long waiting = 0;
                await foreach (QueueItem queue in queues.GetQueuesAsync())
                    waiting += (await queues.GetQueueClient(queue.Name).GetPropertiesAsync()).Value.ApproximateMessagesCount;
                long count = desk.Transactions.Count;
                bool still = count == last;
                last = count;
                return (waiting - timers.WaitingTimers, still);
            },
            seen => seen is (0, true), "the desk to be quiet", within);
    }
}
