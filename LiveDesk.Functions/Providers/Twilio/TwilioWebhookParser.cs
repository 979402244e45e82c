using System.Globalization;
using System.Text;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.Twilio;

/// <summary>
/// One inbound message or one status callback per request, form encoded
/// (twilio.com/docs/messaging/guides/webhook-request, .../track-outbound-message-status).
/// </summary>
internal static class TwilioWebhookParser
{
    /// <summary>The query parameter of our status callback URL that carries our message id.</summary>
    public const string MessageParameter = "m";

    private const string WhatsAppPrefix = "whatsapp:";

    /// <summary>TwiML that sends nothing; any text would go to the customer as a reply.</summary>
    private static readonly WebhookReply EmptyTwiMl =
        new(200, "text/xml; charset=utf-8", """<?xml version="1.0" encoding="UTF-8"?><Response></Response>""");

    public static ParsedWebhook Parse(ChannelType channelType, WebhookRequest request)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> pair in Parameters(request)) form.TryAdd(pair.Key, pair.Value.Replace("\0", "", StringComparison.Ordinal));
        if (Value(form, "MessageSid") is null && Value(form, "SmsSid") is null && Value(form, "SmsMessageSid") is null)
            return ParsedWebhook.NotUnderstood("MessageSid is missing.");
        return IsStatus(form) ? Receipt(channelType, form, request) : Message(channelType, form);
    }

    // A status callback has MessageStatus and never a Body; an inbound message has "received" or "receiving" in SmsStatus, rarely in both.
    private static bool IsStatus(Dictionary<string, string> form)
    {
        string? status = Value(form, "MessageStatus") ?? Value(form, "SmsStatus");
        bool brings = form.ContainsKey("Body") || Files(form).Any();
        return status is "received" or "receiving" ? form.ContainsKey("MessageStatus") && !brings : status is not null && (form.ContainsKey("MessageStatus") || !brings);
    }

    /// <summary>All that Twilio says, from the query or the body.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Parameters(WebhookRequest request) =>
        request.Method == "GET"
            ? Form.Decode(request.PublicUrl.Query.TrimStart('?'))
            : Form.Decode(Encoding.UTF8.GetString(request.Body.Span));

    private static ParsedWebhook Receipt(ChannelType channelType, Dictionary<string, string> form, WebhookRequest request)
    {
        string status = (Value(form, "MessageStatus") ?? Value(form, "SmsStatus") ?? "").ToLowerInvariant();
        DeliveryStatus? known = status switch
        {
            "sent" => DeliveryStatus.Sent,
            "delivered" => DeliveryStatus.Delivered,
            "read" => DeliveryStatus.Read,
            "undelivered" or "failed" or "canceled" => DeliveryStatus.Failed,
            _ => null,
        };
        if (known is not { } delivery)
            return status is "accepted" or "scheduled" or "queued" or "sending" or "receiving" or "received" or "partially_delivered"
                ? new ParsedWebhook([], [], EmptyTwiMl)
                : new ParsedWebhook([], [$"status:{status}"], EmptyTwiMl);
        string? ours = Form.Decode(request.PublicUrl.Query.TrimStart('?')).FirstOrDefault(p => p.Key == MessageParameter).Value;
        string? code = Value(form, "ErrorCode");
        var receipt = new InboundReceipt
        {
            Status = delivery,
            ProviderId = Sid(form),
            MessageId = MessageId.TryParse(ours, out MessageId id) ? id : null,
            Recipient = Recipient(channelType, form),
            Failure = delivery == DeliveryStatus.Failed
                ? TwilioErrors.Failure(code, Value(form, "ErrorMessage") ?? Value(form, "ChannelStatusMessage"))
                : null,
            OptedOut = code == TwilioErrors.OptedOut,
        };
        return new ParsedWebhook([receipt], [], EmptyTwiMl);
    }

    /// <summary>Finds the message where our id is not in the URL: a callback that was set for the whole number or service.</summary>
    private static InboundSender? Recipient(ChannelType channelType, Dictionary<string, string> form)
    {
        ContactIdentity[] parties = [.. new[] { Value(form, "To"), Value(form, "From") }.OfType<string>().Select(a => Address(channelType, a))];
        return parties.Length == 0 ? null : new InboundSender(parties);
    }

    private static ParsedWebhook Message(ChannelType channelType, Dictionary<string, string> form)
    {
        if (Value(form, "From") is not { } from || WithoutPrefix(from).Length == 0) return ParsedWebhook.NotUnderstood("From is missing.");
        string? text = form.GetValueOrDefault("Body");
        var message = new InboundMessage
        {
            ProviderId = Sid(form),
            From = Sender(channelType, from, form),
            Content = Content(form, text),
            ReplyToProviderId = Value(form, "OriginalRepliedMessageSid"),
            OptOut = channelType == ChannelType.Sms ? Keyword(form, text) : OptOutKeyword.None,
        };
        return new ParsedWebhook([message], [], EmptyTwiMl);
    }

    private static OptOutKeyword Keyword(Dictionary<string, string> form, string? text) =>
        Value(form, "OptOutType") is { } type ? OptOutKeywords.FromOptOutType(type) : OptOutKeywords.Read(text);

    /// <summary>A WhatsApp user who hides the number comes with a business-scoped id; one who shows it comes with both.</summary>
    private static InboundSender Sender(ChannelType type, string from, Dictionary<string, string> form)
    {
        var identities = new List<ContactIdentity> { Address(type, from) };
        if (type == ChannelType.WhatsApp && Value(form, "ExternalUserId") is { } user && identities[0].Address != WithoutPrefix(user))
            identities.Add(Address(type, user));
        return new InboundSender(identities, Value(form, "ProfileName")?.Trim() is { Length: > 0 } name ? name : Value(form, "ProfileUsername"));
    }

    private static MessageContent Content(Dictionary<string, string> form, string? text)
    {
        Attachment[] files = [.. Files(form)];
        Location? place = Place(form);
        Interaction? choice = Choice(form);
        var content = new MessageContent
        {
            Kind = place is not null ? MessageKind.Location : choice is not null ? MessageKind.Interactive : Kind(files),
            Text = string.IsNullOrEmpty(text) ? choice?.Title : text,
            Attachments = files,
            Location = place,
            Interaction = choice,
            Referral = Value(form, "ReferralSourceId") is { } source
                ? new Referral(
                    Value(form, "ReferralSourceType"), source, Value(form, "ReferralSourceUrl"), Value(form, "ReferralHeadline"),
                    Value(form, "ReferralBody"), Value(form, "ReferralCtwaClid"))
                : null,
        };
        // Something came, but nothing that the desk can show: the kind is kept so that a person sees that it came.
        return content is { Kind: MessageKind.Text, Text: null }
            ? content with { Kind = MessageKind.Unsupported, Raw = Value(form, "MessageType") ?? "empty" }
            : content;
    }

    // Contacts come as vCards, voice notes as Ogg, stickers as WebP.
    private static MessageKind Kind(Attachment[] files) => files.Length == 0 ? MessageKind.Text : FileGuess.Kind(files[0].ContentType);

    private static IEnumerable<Attachment> Files(Dictionary<string, string> form)
    {
        int count = int.TryParse(Value(form, "NumMedia"), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : 0;
        for (int i = 0; i < Math.Min(count, 50); i++)
        {
            if (Value(form, $"MediaUrl{i}") is not { } url) continue;
            string type = Value(form, $"MediaContentType{i}") ?? FileGuess.OfName(url);
            // US carriers add the layout of an MMS; it is no content.
            if (type.StartsWith("application/smil", StringComparison.OrdinalIgnoreCase)) continue;
            yield return new Attachment($"{Sid(form)}-{i}", type, AttachmentState.Pending, Source: url);
        }
    }

    private static Location? Place(Dictionary<string, string> form) =>
        double.TryParse(Value(form, "Latitude"), NumberStyles.Float, CultureInfo.InvariantCulture, out double latitude)
        && double.TryParse(Value(form, "Longitude"), NumberStyles.Float, CultureInfo.InvariantCulture, out double longitude)
            ? new Location(latitude, longitude, Value(form, "Label"), Value(form, "Address"))
            : null;

    private static Interaction? Choice(Dictionary<string, string> form)
    {
        if (Value(form, "ListId") is { } row) return new Interaction(row, Value(form, "ListTitle"), Value(form, "ListDescription"));
        string? title = Value(form, "ButtonText");
        string? payload = Value(form, "ButtonPayload");
        if (title is not null || payload is not null) return new Interaction(payload, title);
        return Value(form, "InteractiveData") is { } data ? new Interaction(null, null, data) : null;
    }

    private static string Sid(Dictionary<string, string> form) =>
        Value(form, "MessageSid") ?? Value(form, "SmsSid") ?? Value(form, "SmsMessageSid")!;

    /// <summary>A number always with its plus, which a form that was not encoded properly turns into a space; anything else as it is.</summary>
    public static ContactIdentity Address(ChannelType type, string address)
    {
        string bare = WithoutPrefix(address);
        return new ContactIdentity(type, E164.TryParse(bare, out E164 number) ? number.ToString() : bare);
    }

    private static string WithoutPrefix(string address)
    {
        string bare = address.Trim();
        return bare.StartsWith(WhatsAppPrefix, StringComparison.OrdinalIgnoreCase) ? bare[WhatsAppPrefix.Length..].Trim() : bare;
    }

    private static string? Value(Dictionary<string, string> form, string name) => form.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;
}
