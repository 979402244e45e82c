using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.EngageLab;

/// <summary>What notifications say about the health of the channel.</summary>
internal static class EngageLabNotices
{
    /// <returns>Null if it says nothing about health: an approved template must not hide a ban.</returns>
    public static InboundNotice? Of(JsonElement notification) => notification.Text("event") switch
    {
        "insufficient_balance" => Notice(
            "insufficient_balance", ChannelHealthState.Degraded,
            $"The EngageLab balance is low: {notification.Text("remain_balance") ?? "?"} left, warning at {notification.Text("balance_threshold") ?? "?"}."),
        "template_update" when notification.Text("template_status")?.ToUpperInvariant() is "PAUSED" or "DISABLED" or "REJECTED" => Notice(
            "template_update", ChannelHealthState.Degraded,
            $"The template {notification.Text("template_name") ?? "?"} is {notification.Text("template_status")!.ToLowerInvariant()}."),
        "whatsapp_business_update" => OfBusiness(notification),
        _ => null,
    };

    private static InboundNotice? OfBusiness(JsonElement notification)
    {
        const string Kind = "whatsapp_business_update";
        string? ban = notification.Text("ban_state")?.ToUpperInvariant();
        string? violation = notification.Text("violation_type");
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
