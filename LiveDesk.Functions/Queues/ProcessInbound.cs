using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Functions.Queues;

/// <summary>Takes what a webhook said into the contacts it is about. An event that fails in a batch goes on alone, so that it spoils no other.</summary>
internal sealed partial class ProcessInbound(
    IChannelDirectory channels, ReceiveInbound receive, StorageWorkQueues queues, ILogger<ProcessInbound> logger)
{
    [Function(nameof(ProcessInbound))]
    public async Task Run([QueueTrigger(QueueNames.Inbound)] string body, FunctionContext context, CancellationToken cancellationToken)
    {
        if (await queues.FindAsync<InboundWork>(body, cancellationToken) is not { } work) return;
        Channel channel = await channels.FindAsync(work.Workspace, work.Channel, cancellationToken)
            ?? throw new InvalidOperationException($"The channel {work.Channel} is gone; what came in on it waits here until it is replayed.");
        var delivery = new Delivery(work.ReceivedAt, Deliveries.IsRepeated(context) || work.Round > 1);
        foreach (InboundEvent inbound in work.Events)
        {
            // Where the provider gives no time, the time at which its webhook arrived is the nearest.
            InboundEvent timed = inbound with { OccurredAt = inbound.OccurredAt ?? work.ReceivedAt, ReceivedAt = work.ReceivedAt };
            try
            {
                InboundResult result = await receive.RunAsync(channel, timed, delivery, cancellationToken);
                if (result == InboundResult.TooEarly && EarlyReceipt.RetryAfter(work.Round) is { } delay)
                    await queues.PutAsync(work with { Events = [inbound], Round = work.Round + 1 }, cancellationToken, delay);
                else if (result is InboundResult.NotOurs or InboundResult.TooEarly) LogNotOurs(channel.Id, inbound.GetType().Name);
            }
            catch (Exception e) when (work.Events.Count > 1 && e is not OperationCanceledException)
            {
                LogSetAside(e, channel.Id);
                await queues.PutAsync(work with { Events = [inbound], Round = work.Round + 1 }, cancellationToken);
            }
        }
        await queues.DoneAsync(body, cancellationToken);
    }

    [LoggerMessage(3001, LogLevel.Information, "{Channel}: a {Kind} is for no message of ours.")]
    private partial void LogNotOurs(ChannelId channel, string kind);

    [LoggerMessage(3002, LogLevel.Warning, "{Channel}: one event of a batch failed and goes on alone.")]
    private partial void LogSetAside(Exception e, ChannelId channel);
}
