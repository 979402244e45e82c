using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace LiveDesk.Functions.Queues;

/// <summary>Cleans up after a contact whose head has been emptied.</summary>
internal sealed class ProcessErasures(TableContactTraces traces, PoisonQueues poison, IContactStore contacts, StorageWorkQueues queues)
{
    [Function(nameof(ProcessErasures))]
    public async Task Run([QueueTrigger(QueueNames.Erasures)] string body, CancellationToken cancellationToken)
    {
        ErasureWork work = await queues.ReadAsync<ErasureWork>(body, cancellationToken);
        ContactSnapshot read = await contacts.LoadPrimaryAsync(work.Workspace, work.Contact, cancellationToken);
        // Put before the erasure, which then did not come about.
        if (read.State.Contact is not { ErasedAt: { } erasedAt } contact || erasedAt < work.At) return;
        await poison.EraseAsync(work.Workspace, [.. contact.All], cancellationToken);
        foreach (ContactId id in contact.All) await traces.EraseAsync(work.Workspace, id, erasedAt, cancellationToken);
    }
}
