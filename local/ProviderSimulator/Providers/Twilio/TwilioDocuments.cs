using System.Globalization;
using System.Text.Json.Nodes;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>The JSON documents of the REST API. Dates of the 2010 API are RFC 2822, those of v1 ISO 8601.</summary>
internal static class TwilioDocuments
{
    public const string Version = "2010-04-01";

    public static JsonObject Of(TwilioMessage message)
    {
        string uri = $"/{Version}/Accounts/{message.AccountSid}/Messages/{message.Sid}";
        bool unassigned = message.Status == "accepted";
        return new JsonObject
        {
            ["sid"] = message.Sid,
            ["account_sid"] = message.AccountSid,
            ["messaging_service_sid"] = message.MessagingServiceSid,
            ["from"] = message.From?.ToString(),
            ["to"] = message.To.ToString(),
            ["body"] = message.Body,
            ["status"] = message.Status,
            ["direction"] = message.Direction,
            ["num_segments"] = unassigned ? "0" : SmsSegments.Count(message).ToString(CultureInfo.InvariantCulture),
            ["num_media"] = (message.MediaUrls.Count + message.Media.Count).ToString(CultureInfo.InvariantCulture),
            ["price"] = null,
            ["price_unit"] = null,
            ["error_code"] = message.ErrorCode,
            ["error_message"] = message.ErrorCode is { } code ? TwilioFailures.Text(code) : null,
            ["date_created"] = Rfc2822(message.CreatedAt),
            ["date_sent"] = message.SentAt is { } sent ? Rfc2822(sent) : null,
            ["date_updated"] = Rfc2822(message.UpdatedAt),
            ["api_version"] = Version,
            ["uri"] = uri + ".json",
            ["subresource_uris"] = new JsonObject { ["media"] = uri + "/Media.json" },
        };
    }

    public static JsonObject Of(TwilioMessage message, TwilioMedia media) => new()
    {
        ["sid"] = media.Sid,
        ["account_sid"] = message.AccountSid,
        ["parent_sid"] = message.Sid,
        ["content_type"] = media.ContentType,
        ["date_created"] = Rfc2822(media.CreatedAt),
        ["date_updated"] = Rfc2822(media.CreatedAt),
        ["uri"] = $"/{Version}/Accounts/{message.AccountSid}/Messages/{message.Sid}/Media/{media.Sid}.json",
    };

    public static JsonObject OfAccount(string sid, TwilioAccount? account, DateTimeOffset now) => new()
    {
        ["sid"] = sid,
        ["friendly_name"] = account?.FriendlyName ?? "LiveDesk",
        ["status"] = account?.Status ?? "active",
        ["type"] = "Full",
        ["auth_token"] = null,
        ["owner_account_sid"] = sid,
        ["date_created"] = Rfc2822(now),
        ["date_updated"] = Rfc2822(now),
        ["uri"] = $"/{Version}/Accounts/{sid}.json",
        ["subresource_uris"] = new JsonObject { ["messages"] = $"/{Version}/Accounts/{sid}/Messages.json" },
    };

    public static JsonObject Of(TwilioNumber number) => new()
    {
        ["sid"] = number.Sid,
        ["account_sid"] = number.AccountSid,
        ["phone_number"] = number.Address.Value,
        ["friendly_name"] = number.Address.Value,
        ["sms_url"] = number.WebhookUrl ?? string.Empty,
        ["sms_method"] = "POST",
        ["sms_fallback_url"] = number.FallbackUrl ?? string.Empty,
        ["sms_fallback_method"] = "POST",
        ["status_callback"] = number.StatusCallbackUrl ?? string.Empty,
        ["capabilities"] = new JsonObject { ["voice"] = false, ["sms"] = true, ["mms"] = true },
        ["api_version"] = Version,
        ["uri"] = $"/{Version}/Accounts/{number.AccountSid}/IncomingPhoneNumbers/{number.Sid}.json",
    };

    public static JsonObject Of(TwilioService service, DateTimeOffset now) => new()
    {
        ["sid"] = service.Sid,
        ["account_sid"] = service.AccountSid,
        ["friendly_name"] = service.FriendlyName,
        ["date_created"] = Iso(now),
        ["date_updated"] = Iso(now),
        ["inbound_request_url"] = service.InboundRequestUrl,
        ["inbound_method"] = "POST",
        ["fallback_url"] = service.FallbackUrl,
        ["fallback_method"] = "POST",
        ["status_callback"] = service.StatusCallback,
        ["sticky_sender"] = true,
        ["mms_converter"] = true,
        ["smart_encoding"] = false,
        ["scan_message_content"] = "inherit",
        ["fallback_to_long_code"] = false,
        ["area_code_geomatch"] = false,
        ["synchronous_validation"] = false,
        ["validity_period"] = 36000,
        ["url"] = "https://messaging.twilio.com/v1/Services/" + service.Sid,
        ["links"] = new JsonObject { ["phone_numbers"] = $"https://messaging.twilio.com/v1/Services/{service.Sid}/PhoneNumbers" },
        ["usecase"] = "notifications",
        ["us_app_to_person_registered"] = false,
        ["use_inbound_webhook_on_number"] = service.UseInboundWebhookOnNumber,
    };

    public static JsonObject Of(TwilioContent content, DateTimeOffset now, bool withApproval)
    {
        JsonObject document = new()
        {
            ["sid"] = content.Sid,
            ["account_sid"] = content.AccountSid,
            ["friendly_name"] = content.FriendlyName,
            ["language"] = content.Language,
            ["variables"] = new JsonObject(content.Variables.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["types"] = new JsonObject { ["twilio/text"] = new JsonObject { ["body"] = content.Body } },
            ["date_created"] = Iso(now),
            ["date_updated"] = Iso(now),
        };
        if (withApproval)
        {
            document["approval_requests"] = new JsonObject
            {
                ["name"] = content.FriendlyName,
                ["category"] = content.Category,
                ["content_type"] = "twilio/text",
                ["status"] = content.ApprovalStatus,
                ["rejection_reason"] = string.Empty,
            };
        }
        else
        {
            document["url"] = "https://content.twilio.com/v1/Content/" + content.Sid;
            document["links"] = new JsonObject { ["approval_fetch"] = $"https://content.twilio.com/v1/Content/{content.Sid}/ApprovalRequests" };
        }

        return document;
    }

    private static string Rfc2822(DateTimeOffset at) => at.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture);

    private static string Iso(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
