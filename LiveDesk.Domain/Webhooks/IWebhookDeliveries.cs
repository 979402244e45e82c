using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Webhooks;

/// <summary>A delivery with the version that a change of it is conditional on.</summary>
public sealed record WebhookDeliverySnapshot(WebhookDelivery Delivery, string Version);

/// <summary>The log of deliveries, one for each endpoint and event.</summary>
public interface IWebhookDeliveries
{
    /// <param name="contact">Whose event it is, if anybody's; a contact that is erased is erased here too.</param>
    /// <returns>False if the endpoint has a delivery of this event already.</returns>
    Task<bool> AddAsync(
        WorkspaceId workspace, string endpoint, WebhookDelivery delivery, ContactId? contact, CancellationToken cancellationToken);

    Task<WebhookDeliverySnapshot?> FindAsync(WorkspaceId workspace, string endpoint, string delivery, CancellationToken cancellationToken);

    /// <returns>Null if it has changed since it was read.</returns>
    Task<WebhookDeliverySnapshot?> ReplaceAsync(
        WorkspaceId workspace, string endpoint, WebhookDeliverySnapshot read, WebhookDelivery next, CancellationToken cancellationToken);

    /// <summary>Newest event first.</summary>
    /// <exception cref="FormatException">The cursor is not one of ours.</exception>
    Task<PageOf<WebhookDelivery>> ListAsync(
        WorkspaceId workspace, string endpoint, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>Since when nothing has got through to an endpoint; null: something has, or nothing was tried.</summary>
    Task<DateTimeOffset?> FailingSinceAsync(WorkspaceId workspace, string endpoint, CancellationToken cancellationToken);

    Task SetFailingSinceAsync(WorkspaceId workspace, string endpoint, DateTimeOffset? since, CancellationToken cancellationToken);

    /// <summary>Forgets what was said in the deliveries about a contact.</summary>
    Task EraseAsync(WorkspaceId workspace, ContactId contact, CancellationToken cancellationToken);

    /// <summary>Deletes what is older.</summary>
    /// <returns>How many rows went.</returns>
    Task<int> DeleteBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken);
}

/// <summary>Takes a message to its receiver. A refusal, a timeout, a lost connection are answers, not exceptions.</summary>
public interface IWebhookSender
{
    Task<WebhookAnswer> SendAsync(WebhookEndpoint endpoint, WebhookDelivery delivery, CancellationToken cancellationToken);
}
