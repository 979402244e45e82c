using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.WhatsAppCloud;

/// <summary>What WhatsApp says about account, number and templates, as far as it says whether the channel can do its work.</summary>
internal static class WhatsAppNotices
{
    /// <returns>Null for what is no news of the channel's health.</returns>
    public static InboundNotice? Read(Channel channel, JsonElement entry, string field, JsonElement value)
    {
        (ChannelHealthState Health, string Reason)? news = field switch
        {
            "account_update" => Account(value),
            "account_alerts" => Alert(value),
            "phone_number_quality_update" => Quality(channel, value),
            "message_template_status_update" => Template(value),
            _ => null,
        };
        return news is not var (health, reason)
            ? null
            : new InboundNotice { Kind = field, Health = health, Reason = reason, OccurredAt = entry.Seconds("time") };
    }

    /// <summary>An error that is about no message.</summary>
    public static InboundNotice Error(JsonElement error)
    {
        int? code = error.Integer("code");
        bool broken = code is { } known && WhatsAppErrors.IsChannelBroken(known);
        return new InboundNotice
        {
            Kind = "errors",
            Health = broken ? ChannelHealthState.Failed : ChannelHealthState.Degraded,
            Reason = WhatsAppErrors.Failure(code, Words(error)).Message,
        };
    }

    public static string? Words(JsonElement error) => error.Object("error_data")?.Text("details") ?? error.Text("message") ?? error.Text("title");

    private static (ChannelHealthState, string)? Account(JsonElement value) => value.Text("event") switch
    {
        "ACCOUNT_DELETED" => (ChannelHealthState.Failed, "The WhatsApp account has been deleted."),
        "PARTNER_REMOVED" or "PARTNER_APP_UNINSTALLED" => (ChannelHealthState.Failed, "The app has lost its access to the WhatsApp account."),
        "ACCOUNT_VIOLATION" => (ChannelHealthState.Degraded,
            $"WhatsApp says that the account breaks a policy: {value.Object("violation_info")?.Text("violation_type") ?? "no reason given"}."),
        "ACCOUNT_RESTRICTION" => (ChannelHealthState.Degraded,
            $"WhatsApp restricts the account: {string.Join(", ", value.Each("restriction_info").Select(r => r.Text("restriction_type")))}."),
        "DISABLED_UPDATE" => Ban(value.Object("ban_info") ?? default),
        _ => null,
    };

    private static (ChannelHealthState, string)? Ban(JsonElement ban)
    {
        string on = ban.Text("waba_ban_date") is { } date ? $" ({date})" : "";
        return ban.Text("waba_ban_state") switch
        {
            "DISABLE" => (ChannelHealthState.Failed, $"WhatsApp has disabled the account{on}."),
            "SCHEDULE_FOR_DISABLE" => (ChannelHealthState.Degraded, $"WhatsApp is going to disable the account{on}."),
            "REINSTATE" => (ChannelHealthState.Ok, "WhatsApp has enabled the account again."),
            _ => null,
        };
    }

    private static (ChannelHealthState, string)? Alert(JsonElement value)
    {
        JsonElement alert = value.Object("alert_info") ?? value;
        return alert.Text("alert_severity") is "CRITICAL" or "WARNING" && alert.Text("alert_status") is null or "ACTIVE"
            ? (ChannelHealthState.Degraded, alert.Text("alert_description") ?? $"WhatsApp warns: {alert.Text("alert_type") ?? "no reason given"}.")
            : null;
    }

    /// <summary>Names the number only as it is displayed.</summary>
    private static (ChannelHealthState, string)? Quality(Channel channel, JsonElement value)
    {
        bool another = channel.PhoneNumber is { } number && E164.TryParse(Digits(value.Text("display_phone_number")), out E164 shown)
            && shown.IdentityKey != number.IdentityKey;
        if (another) return null;
        string limit = value.Text("current_limit") is { } tier ? $" The limit is {tier}." : "";
        return value.Text("event") switch
        {
            "FLAGGED" => (ChannelHealthState.Degraded, $"WhatsApp has flagged the number for its low quality.{limit}"),
            "DOWNGRADE" => (ChannelHealthState.Degraded, $"WhatsApp has lowered the number's limit.{limit}"),
            "UNFLAGGED" or "UPGRADE" => (ChannelHealthState.Ok, $"WhatsApp has lifted the number's limit.{limit}"),
            _ => null,
        };
    }

    private static string Digits(string? displayed) => string.Concat((displayed ?? "").Where(char.IsAsciiDigit));

    private static (ChannelHealthState, string)? Template(JsonElement value)
    {
        string name = value.Text("message_template_name") ?? "?";
        string reason = value.Text("reason") is { } why and not "NONE" ? $" ({why})" : "";
        return value.Text("event") switch
        {
            "PAUSED" => (ChannelHealthState.Degraded, $"WhatsApp has paused the template {name}{reason}."),
            "DISABLED" => (ChannelHealthState.Degraded, $"WhatsApp has disabled the template {name}{reason}."),
            "FLAGGED" => (ChannelHealthState.Degraded, $"WhatsApp is going to disable the template {name}{reason}."),
            _ => null,
        };
    }
}
