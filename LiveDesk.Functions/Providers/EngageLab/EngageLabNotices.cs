using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.EngageLab;

/// <summary>What notifications say about the health of the channel.</summary>
internal static class EngageLabNotices
{
    /// <summary>What a notification tells besides its event stands in a member of its own; some copies of the documentation have it beside the event.</summary>
    public static JsonElement Data(JsonElement notification) =>
        notification.Member("notification_data") is { ValueKind: JsonValueKind.Object } data ? data : notification;

    /// <returns>Null if it says nothing about health: an approved template must not hide a ban.</returns>
    public static InboundNotice? Of(JsonElement notification)
    {
        JsonElement data = Data(notification);
        string? kind = notification.Text("event");
        return kind switch
        {
            "insufficient_balance" => Notice(
                kind, ChannelHealthState.Degraded,
                $"The EngageLab balance is low: {data.Text("remain_balance") ?? "?"} left, warning at {data.Text("balance_threshold") ?? "?"}."),
            "template_update" => OfTemplate(data),
            "phone_number_update" => OfNumber(data),
            "whatsapp_business_update" => OfBusiness(data),
            _ => null,
        };
    }

    private static InboundNotice? OfTemplate(JsonElement data)
    {
        string? status = data.Text("template_status")?.ToLowerInvariant();
        if (status is not ("paused" or "disabled" or "rejected" or "flagged")) return null;
        string why = data.Text("template_status_reason") is { } reason && !reason.Equals("none", StringComparison.OrdinalIgnoreCase) ? $" ({reason})" : "";
        return Notice("template_update", ChannelHealthState.Degraded, $"The template {data.Text("template_name") ?? "?"} is {status}{why}.");
    }

    /// <summary>The two lowest tiers: a number that may write to so few a day is new, or has been lowered.</summary>
    private static InboundNotice? OfNumber(JsonElement data) => data.Text("current_limit")?.ToUpperInvariant() is "TIER_50" or "TIER_250"
        ? Notice("phone_number_update", ChannelHealthState.Degraded, $"WhatsApp limits the number to {data.Text("current_limit")!["TIER_".Length..]} customers a day.")
        : null;

    private static InboundNotice? OfBusiness(JsonElement data)
    {
        const string Kind = "whatsapp_business_update";
        string? ban = data.Text("ban_state")?.ToUpperInvariant();
        string? violation = data.Text("violation_type");
        return ban switch
        {
            null when violation is not null => Notice(Kind, ChannelHealthState.Degraded, $"WhatsApp reports a violation of its rules: {violation}."),
            null => null,
            "REINSTATE" or "REINSTATED" => Notice(Kind, ChannelHealthState.Ok, "WhatsApp has reinstated the business account."),
            "SCHEDULE_FOR_DISABLE" => Notice(Kind, ChannelHealthState.Degraded, "WhatsApp is about to disable the business account."),
            _ => Notice(Kind, ChannelHealthState.Failed, $"WhatsApp has banned the business account ({ban}{(violation is null ? "" : $", {violation}")})."),
        };
    }

    private static InboundNotice Notice(string kind, ChannelHealthState health, string reason) => new() { Kind = kind, Health = health, Reason = reason };
}
