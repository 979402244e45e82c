using System.Text.Json.Nodes;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Webhooks;

/// <summary>How an event reads on the way out: as in the feed, with what Standard Webhooks wants around it.</summary>
public static class WebhookMessage
{
    /// <summary>Of the body's form; it rises if a field changes its meaning.</summary>
    private const int Version = 1;

    public static (WebhookDelivery Delivery, ContactId? Contact) Of(WorkspaceId workspace, FeedEvent line, DateTimeOffset now)
    {
        JsonNode data = JsonNode.Parse(line.Data)!;
        ContactId? contact = ContactId.TryParse((string?)data["contactId"], out ContactId id) ? id : null;
        var body = new JsonObject
        {
            ["id"] = line.Id,
            ["type"] = line.Type,
            ["timestamp"] = UtcInstantConverter.Text(line.OccurredAt),
            ["occurredAt"] = UtcInstantConverter.Text(line.OccurredAt),
            ["version"] = Version,
            ["workspace"] = workspace.Value,
            ["data"] = data,
        };
        var delivery = new WebhookDelivery
        {
            Id = new WebhookDeliveryId(line.OccurredAt.ToUnixTimeMilliseconds(), WebhookDeliveryId.HashOf(line.Id)).ToString(),
            EventId = line.Id,
            Type = line.Type,
            OccurredAt = line.OccurredAt,
            Body = body.ToJsonString(DomainJson.Options),
            NextAttemptAt = now,
        };
        return (delivery, contact);
    }
}
