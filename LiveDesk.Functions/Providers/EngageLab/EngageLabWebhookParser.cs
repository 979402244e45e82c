using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Providers.EngageLab;

/// <summary>
/// Rows of mixed kinds, many in one request, and the two forms in which the console tries a URL before it saves it
/// (engagelab.com/docs/whatsapp/rest-api/callback-api). The answer is 200 without a body.
/// </summary>
internal static class EngageLabWebhookParser
{
    private const int LongestEcho = 64;

    public static ParsedWebhook Parse(Channel channel, WebhookRequest request)
    {
        if (IsBlank(request.Body.Span)) return new ParsedWebhook([], [], WebhookReply.Empty);
        JsonElement body = JsonFields.Read(request.Body);
        if (body.ValueKind != JsonValueKind.Object) return ParsedWebhook.NotUnderstood("The body is no JSON object.");
        if (!body.Has("rows") && body.Has("echostr")) return Echo(body.Text("echostr"));
        IReadOnlyList<JsonElement> rows = EngageLabCallbacks.Rows(body);
        if (rows.Count == 0 && !body.Has("rows")) return ParsedWebhook.NotUnderstood("The body has no rows.");

        var events = new List<InboundEvent>();
        var unknown = new List<string>();
        foreach (JsonElement row in rows)
        {
            if (!EngageLabCallbacks.IsOf(channel, row)) unknown.Add("row:other_account");
            else if (row.Has("response")) Respond(channel, row, events, unknown);
            else if (row.Has("status")) Report(channel, row, events, unknown);
            else if (row.Has("notification")) Notify(row, events, unknown);
            else unknown.Add("row:" + (row.ValueKind == JsonValueKind.Object
                ? row.EnumerateObject().FirstOrDefault(m => m.Value.ValueKind == JsonValueKind.Object).Name ?? "empty"
                : "malformed"));
        }
        return new ParsedWebhook(events, unknown, WebhookReply.Empty);
    }

    // Answered as it came, so only what can be no script.
    private static ParsedWebhook Echo(string? text) => text is { Length: <= LongestEcho } && text.All(char.IsAsciiLetterOrDigit)
        ? new ParsedWebhook([], [], new WebhookReply(200, "text/plain", text))
        : ParsedWebhook.NotUnderstood("echostr is not up to 64 letters and digits.");

    private static void Respond(Channel channel, JsonElement row, List<InboundEvent> events, List<string> unknown)
    {
        JsonElement response = row.Member("response");
        string kind = response.Text("event") ?? "none";
        if (kind == "deleted") return;
        if (kind is not ("received" or "reply" or "order"))
        {
            unknown.Add($"response:{kind}");
            return;
        }
        JsonElement data = response.Member("response_data");
        JsonElement contact = data.Member("contact");
        if ((row.Text("from") ?? contact.Text("wa_id")) is not { } from)
        {
            unknown.Add($"response:{kind}:without_sender");
            return;
        }
        JsonElement message = data.Member("message");
        JsonElement context = data.Member("message_context");
        // The row's own id may be that of the message replied to; WhatsApp's is the same however often the row comes.
        string id = data.Text("channel_message_id") ?? row.Text("message_id") ?? Hash(row);
        events.Add(new InboundMessage
        {
            OccurredAt = row.UnixTime("itime"),
            ProviderId = id,
            From = new InboundSender([Identity(channel, from)], contact.Member("profile").Text("name")),
            Content = EngageLabContent.Of(id, kind == "order" ? "order" : message.Text("type") ?? "unknown", message),
            ReplyToProviderId = message.Member("reaction").Text("message_id")
                ?? context.Text("origin_message_id") ?? context.Text("origin_channel_message_id"),
        });
    }

    private static void Report(Channel channel, JsonElement row, List<InboundEvent> events, List<string> unknown)
    {
        JsonElement status = row.Member("status");
        string word = status.Text("message_status") ?? "none";
        DeliveryStatus? known = word switch
        {
            // No confirmation within five minutes says only that it was sent; a late one still comes.
            "sent" or "delivered_timeout" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "read" => DeliveryStatus.Read,
            "target_invalid" or "sent_failed" or "sent_fail" or "delivered_failed" => DeliveryStatus.Failed,
            _ => null,
        };
        if (known is not { } delivery || row.Text("message_id") is not { } id)
        {
            if (word is not ("plan" or "target_valid")) unknown.Add($"status:{word}");
            return;
        }
        string? ours = row.Member("custom_args").Text(EngageLabMessage.MessageArgument) ?? row.Text("request_id");
        events.Add(new InboundReceipt
        {
            OccurredAt = status.Member("status_data").UnixTime("msg_time") ?? row.UnixTime("itime"),
            Status = delivery,
            ProviderId = id,
            MessageId = MessageId.TryParse(ours, out MessageId message) ? message : null,
            Recipient = Customer(channel, row) is { } to ? new InboundSender([Identity(channel, to)]) : null,
            Failure = delivery == DeliveryStatus.Failed ? Failure(word, status) : null,
        });
    }

    private static DeliveryFailure Failure(string word, JsonElement status)
    {
        string? code = status.Text("error_code");
        string? words = status.Member("error_detail").Text("message");
        return word == "target_invalid" && code is null or "0"
            ? new DeliveryFailure("invalid_recipient", null, words ?? "The number is not on WhatsApp.")
            : EngageLabErrors.Failure(code, words);
    }

    private static void Notify(JsonElement row, List<InboundEvent> events, List<string> unknown)
    {
        JsonElement notification = row.Member("notification");
        if (EngageLabNotices.Of(notification) is { } notice) events.Add(notice with { OccurredAt = row.UnixTime("itime") });
        else unknown.Add($"notification:{notification.Text("event") ?? "none"}");
    }

    private static string? Customer(Channel channel, JsonElement row) =>
        E164.TryParse(row.Text("to"), out E164 to) && to == channel.PhoneNumber ? row.Text("from") : row.Text("to");

    private static ContactIdentity Identity(Channel channel, string address) =>
        new(channel.Type, E164.TryParse(address, out E164 number) ? number.ToString() : address);

    private static string Hash(JsonElement row) => "h." + Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(row.GetRawText())).AsSpan(0, 20));

    private static bool IsBlank(ReadOnlySpan<byte> body) => body.IndexOfAnyExcept(" \t\r\n"u8) < 0;
}
