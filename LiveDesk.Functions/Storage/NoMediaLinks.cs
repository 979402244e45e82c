using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Storage;

/// <summary>No message with a file can be written yet, so no file ever needs an address.</summary>
internal sealed class NoMediaLinks : IMediaLinks
{
    public Task<IReadOnlyList<OutboundMedia>> OfAsync(WorkspaceId workspace, IReadOnlyList<Attachment> attachments, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A message with attachments was stored before attachments can be sent.");
}
