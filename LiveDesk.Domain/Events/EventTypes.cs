namespace LiveDesk.Domain.Events;

/// <summary>The types of the feed's events, which outgoing webhooks can ask for.</summary>
public static class EventTypes
{
    public const string WebhookDisabled = "webhook.disabled";

    public static readonly IReadOnlyList<string> All =
    [
        "message.received", "message.sent", "message.status",
        "conversation.opened", "conversation.assigned", "conversation.unassigned", "conversation.snoozed", "conversation.closed", "conversation.reopened",
        "contact.created", "contact.updated", "contact.merged", "csat.answered", "channel.health", "agent.presence", WebhookDisabled,
    ];
}
