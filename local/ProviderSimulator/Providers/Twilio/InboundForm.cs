using System.Globalization;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>The fields of an inbound webhook (twilio.com/docs/messaging/guides/webhook-request).</summary>
internal static class InboundForm
{
    public static Dictionary<string, string> Of(
        InboundRequest request, TwilioMessage message, TwilioNumber number, OptOutKeyword? keyword, IReadOnlyList<(string Url, string ContentType)> media)
    {
        Dictionary<string, string> form = new()
        {
            ["MessageSid"] = message.Sid,
            ["SmsSid"] = message.Sid,
            ["SmsMessageSid"] = message.Sid,
            ["AccountSid"] = message.AccountSid,
            ["From"] = message.From!.Value.ToString(),
            ["To"] = message.To.ToString(),
            ["Body"] = message.Body,
            ["NumMedia"] = media.Count.ToString(CultureInfo.InvariantCulture),
            ["NumSegments"] = SmsSegments.Count(message).ToString(CultureInfo.InvariantCulture),
            ["SmsStatus"] = "received",
            ["ApiVersion"] = TwilioDocuments.Version,
        };
        if (number.MessagingServiceSid is { } service) form["MessagingServiceSid"] = service;
        if (keyword is { } word) form["OptOutType"] = word.ToString().ToUpperInvariant();
        for (int i = 0; i < media.Count; i++) (form[$"MediaUrl{i}"], form[$"MediaContentType{i}"]) = media[i];
        if (message.To.IsWhatsApp) AddWhatsApp(form, request, message, media);
        else AddPlaces(form);
        foreach ((string name, string value) in request.Parameters) form[name] = value;
        return form;
    }

    private static void AddWhatsApp(
        Dictionary<string, string> form, InboundRequest request, TwilioMessage message, IReadOnlyList<(string Url, string ContentType)> media)
    {
        TwilioAddress from = message.From!.Value;
        form["ProfileName"] = request.ProfileName ?? "Customer";
        form["ReferralNumMedia"] = "0";
        form["MessageType"] = request.MessageType ?? Kind(request, media);
        if (from.IsE164) form["WaId"] = from.Value[1..];
        if (request.ExternalUserId is not null || from.IsBusinessScopedId) form["ExternalUserId"] = request.ExternalUserId ?? from.Value;
        Add(form, "Latitude", request.Latitude?.ToString(CultureInfo.InvariantCulture));
        Add(form, "Longitude", request.Longitude?.ToString(CultureInfo.InvariantCulture));
        Add(form, "Address", request.Address);
        Add(form, "Label", request.Label);
        Add(form, "ButtonText", request.Button?.Text);
        Add(form, "ButtonPayload", request.Button is { } button ? button.Payload ?? button.Text : null);
        Add(form, "ButtonType", request.Button?.Type);
        if (request.ReplyTo is null) return;
        form["OriginalRepliedMessageSid"] = request.ReplyTo;
        form["OriginalRepliedMessageSender"] = message.To.ToString();
    }

    private static string Kind(InboundRequest request, IReadOnlyList<(string Url, string ContentType)> media)
    {
        if (request.Button is not null) return "button";
        if (request.Latitude is not null) return "location";
        if (media.Count == 0) return "text";
        return media[0].ContentType switch
        {
            "image/webp" => "sticker",
            "text/vcard" => "contacts",
            var type when type.Split('/')[0] is "image" or "audio" or "video" => type.Split('/')[0],
            _ => "document",
        };
    }

    // Best effort of Twilio, and often empty.
    private static void AddPlaces(Dictionary<string, string> form)
    {
        foreach (string end in (string[])["From", "To"])
        {
            (form[end + "City"], form[end + "State"]) = (string.Empty, string.Empty);
            (form[end + "Zip"], form[end + "Country"]) = (string.Empty, "US");
        }
    }

    private static void Add(Dictionary<string, string> form, string name, string? value)
    {
        if (value is not null) form[name] = value;
    }
}
