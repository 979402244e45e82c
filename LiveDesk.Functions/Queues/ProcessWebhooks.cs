using LiveDesk.Domain.Webhooks;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>Takes events to outgoing webhooks.</summary>
internal sealed class ProcessWebhooks(DeliverWebhooks deliver, StorageWorkQueues queues)
{
    [Function(nameof(ProcessWebhooks))]
    public async Task Run([QueueTrigger(QueueNames.Webhooks)] string body, FunctionContext context, CancellationToken cancellationToken)
    {
        switch (await queues.FindAsync<WorkItem>(body, cancellationToken))
        {
            case null:
                return;
            case WebhookWork work:
                await deliver.FanOutAsync(work, cancellationToken);
                break;
            case DeliveryWork work:
                await deliver.DeliverAsync(work, Deliveries.IsRepeated(context), cancellationToken);
                break;
            case { } other:
                throw new InvalidOperationException($"{other.GetType().Name} does not belong on the queue {QueueNames.Webhooks}.");
        }
        await queues.DoneAsync(body, cancellationToken);
    }
}
