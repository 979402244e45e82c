using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.WhatsAppCloud;

/// <summary>
/// Every entry, change, message and status of a webhook (developers.facebook.com/docs/whatsapp/cloud-api/webhooks/payload-examples).
/// One app has one signature for all its numbers, so what is for another number is passed over.
/// </summary>
internal sealed class WhatsAppWebhookParser(Channel channel)
{
    private const string Account = "whatsapp_business_account";

    private readonly List<InboundEvent> _events = [];
    private readonly List<string> _unknown = [];

    public ParsedWebhook Parse(ReadOnlyMemory<byte> body)
    {
        using JsonDocument? document = JsonReading.Document(body);
        if (document is null) return ParsedWebhook.NotUnderstood("The body is no JSON object.");
        JsonElement root = document.RootElement;
        if (root.Text("object") is not { } about) return ParsedWebhook.NotUnderstood("The member 'object' is missing.");
        if (about != Account) return new ParsedWebhook([], [$"object:{about}"], MetaWebhook.Received);

        foreach (JsonElement entry in root.Each("entry"))
            foreach (JsonElement change in entry.Each("changes"))
                Read(entry, change);
        return new ParsedWebhook(_events, _unknown, MetaWebhook.Received);
    }

    private void Read(JsonElement entry, JsonElement change)
    {
        string field = change.Text("field") ?? "messages";
        if (change.Object("value") is not { } value) _unknown.Add($"field:{field}");
        else if (field is "messages" or "smb_message_echoes") ReadTraffic(entry, field, value);
        else if (entry.Text("id") != channel.Credential("businessAccountId")) _unknown.Add("other_account");
        else if (WhatsAppNotices.Read(channel, entry, field, value) is { } notice) _events.Add(notice);
        else _unknown.Add($"field:{field}");
    }

    private void ReadTraffic(JsonElement entry, string field, JsonElement value)
    {
        if (!IsOurs(entry, value))
        {
            _unknown.Add("other_number");
            return;
        }
        if (field == "smb_message_echoes")
        {
            foreach (JsonElement echo in value.Each("message_echoes")) ReadEcho(echo);
            return;
        }
        foreach (JsonElement message in value.Each("messages")) ReadMessage(value, message);
        foreach (JsonElement status in value.Each("statuses")) ReadStatus(status);
        if (!value.Has("messages") && !value.Has("statuses"))
            foreach (JsonElement error in value.Each("errors")) _events.Add(WhatsAppNotices.Error(error));
    }

    /// <summary>By the number's id; where that is not said, by the account's; and where neither is, the URL is the channel's own.</summary>
    private bool IsOurs(JsonElement entry, JsonElement value) =>
        value.Object("metadata")?.Text("phone_number_id") is { } number ? number == channel.Credential("phoneNumberId")
        : entry.Text("id") is not { } account || account == channel.Credential("businessAccountId");

    private void ReadMessage(JsonElement value, JsonElement message)
    {
        string type = WhatsAppContent.TypeOf(message) ?? "none";
        if (message.Has("group_id")) _unknown.Add("group");
        else if (type == "system") ReadSystem(message);
        else if (Id(type, message) is not { } id || WhatsAppSender.Of(value, message) is not { } sender) _unknown.Add($"message:{type}");
        // Taken back by the customer: what was written stays as it was answered.
        else if (type == "revoke") _unknown.Add("message:revoke");
        else if (type == "request_welcome")
            _events.Add(new InboundWelcome { ProviderId = id, From = sender, OccurredAt = message.Seconds("timestamp") });
        else
            _events.Add(new InboundMessage
            {
                ProviderId = id,
                From = sender,
                Content = WhatsAppContent.Of(Edited(message) ?? message),
                ReplyToProviderId = message.Object("edit")?.Text("original_message_id")
                    ?? message.Object("reaction")?.Text("message_id") ?? message.Object("context")?.Text("id"),
                OccurredAt = message.Seconds("timestamp"),
            });
    }

    /// <summary>The new wording stands as a message that answers the old one, so that both can be seen.</summary>
    private static JsonElement? Edited(JsonElement message) => message.Object("edit")?.Object("message");

    /// <summary>What has content and no id is known by its content, so that nothing written is lost and nothing is there twice.</summary>
    private static string? Id(string type, JsonElement message) => message.Text("id")
        ?? (type is "reaction" or "request_welcome" or "none" ? null : "h." + Hash(message));

    private static string Hash(JsonElement message) =>
        Base32.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(message.GetRawText())).AsSpan(0, 20));

    /// <summary>No message of the customer's: WhatsApp says that the customer goes by another number or id from now on.</summary>
    private void ReadSystem(JsonElement message)
    {
        JsonElement system = message.Object("system") ?? default;
        (string?[] before, string?[] after) = system.Text("type") switch
        {
            "user_changed_number" or "customer_changed_number" =>
                ([message.Text("from") ?? system.Text("customer"), message.Text("from_user_id") ?? system.Text("previous_user_id")],
                [system.Text("wa_id") ?? system.Text("new_wa_id"), system.Text("user_id")]),
            "user_changed_user_id" => ([system.Text("previous_user_id")], [system.Text("user_id")]),
            _ => (Array.Empty<string?>(), Array.Empty<string?>()),
        };
        ContactIdentity[] old = [.. before.OfType<string>().Select(WhatsAppSender.Address)];
        ContactIdentity[] now = [.. after.OfType<string>().Select(WhatsAppSender.Address).Except(old)];
        if (old.Length == 0 || now.Length == 0) _unknown.Add($"system:{system.Text("type") ?? "none"}");
        else _events.Add(new InboundAddresses { From = new InboundSender([.. now, .. old]), OccurredAt = message.Seconds("timestamp") });
    }

    private void ReadEcho(JsonElement echo)
    {
        ContactIdentity[] to = [.. WhatsAppSender.Addresses(echo.Text("to"), echo.Text("to_user_id"))];
        if (echo.Text("id") is not { } id || to.Length == 0 || echo.Text("type") == "revoke") _unknown.Add($"echo:{echo.Text("type") ?? "none"}");
        else
            _events.Add(new InboundEcho
            {
                ProviderId = id,
                To = new InboundSender(to),
                Content = WhatsAppContent.Of(Edited(echo) ?? echo),
                OccurredAt = echo.Seconds("timestamp"),
            });
    }

    private void ReadStatus(JsonElement status)
    {
        string word = status.Text("status") ?? "none";
        DeliveryStatus? known = word switch
        {
            "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            // A voice message that was played has been read, too.
            "read" or "played" => DeliveryStatus.Read,
            "failed" => DeliveryStatus.Failed,
            _ => null,
        };
        if (known is not { } delivery || status.Text("id") is not { } id)
        {
            _unknown.Add($"status:{word}");
            return;
        }
        JsonElement? error = delivery == DeliveryStatus.Failed ? status.Each("errors").Select(e => (JsonElement?)e).FirstOrDefault() : null;
        ContactIdentity[] recipient = [.. WhatsAppSender.Addresses(status.Text("recipient_id"), status.Text("recipient_user_id"))];
        _events.Add(new InboundReceipt
        {
            Status = delivery,
            ProviderId = id,
            MessageId = MessageId.TryParse(status.Text("biz_opaque_callback_data"), out MessageId ours) ? ours : null,
            Recipient = recipient.Length == 0 ? null : new InboundSender(recipient),
            Failure = delivery == DeliveryStatus.Failed ? WhatsAppErrors.Failure(error?.Integer("code"), error is { } e ? WhatsAppNotices.Words(e) : null) : null,
            OccurredAt = status.Seconds("timestamp"),
        });
        if (error is { } why && why.Integer("code") is { } code && WhatsAppErrors.IsChannelBroken(code)) _events.Add(WhatsAppNotices.Error(why));
    }
}
