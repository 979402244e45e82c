using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>Sends what waits for one contact, and tells what nobody has told yet.</summary>
internal sealed class ProcessOutbound(SendPending send, StorageWorkQueues queues)
{
    [Function(nameof(ProcessOutbound))]
    public async Task Run([QueueTrigger(QueueNames.Outbound)] string body, FunctionContext context, CancellationToken cancellationToken)
    {
        OutboundWork work = await queues.ReadAsync<OutboundWork>(body, cancellationToken);
        await send.RunAsync(work.Workspace, work.Contact, context.InvocationId, cancellationToken);
    }
}
