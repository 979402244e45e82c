using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.Twilio;

/// <summary>Twilio's error codes in words (twilio.com/docs/api/errors), and what each asks for.</summary>
internal static class TwilioErrors
{
    public const string OptedOut = "21610";

    /// <summary>Faults of the account or sender: the channel is broken until somebody mends it.</summary>
    private static readonly HashSet<string> Broken = ["20003", "21606", "30002", "30034", "63001", "63051", "63112"];

    private static readonly Dictionary<string, (string Code, string Words)> Known = new()
    {
        ["20003"] = ("channel_failed", "Twilio refused the channel's credentials. Check the Account SID and the Auth Token."),
        ["20404"] = ("provider_refused", "Twilio does not know the resource."),
        ["21211"] = ("invalid_recipient", "The number is not valid."),
        ["21408"] = ("provider_refused", "The Twilio account may not write to this country. Enable it under Geo permissions."),
        ["21606"] = ("channel_failed", "The channel's number cannot send messages with this account."),
        ["21608"] = ("provider_refused", "A Twilio trial account writes only to verified numbers."),
        ["21610"] = ("contact_opted_out", "The customer has opted out (STOP). Only the customer can undo that, by writing START."),
        ["21612"] = ("provider_refused", "Twilio has no route between these two numbers."),
        ["21614"] = ("invalid_recipient", "The number is not a mobile number."),
        ["21617"] = ("text_too_long", "The text is longer than 1,600 characters."),
        ["21620"] = ("media_refused", "Twilio could not use the media URL."),
        ["21623"] = ("media_refused", "More than 10 files in one message."),
        ["30001"] = ("provider_unavailable", "Twilio's queue for this number is full. Send it again later."),
        ["30002"] = ("channel_failed", "The Twilio account is suspended."),
        ["30003"] = ("unreachable", "The phone is switched off or unreachable. Send it again later."),
        ["30004"] = ("blocked_by_recipient", "The recipient or the carrier blocks messages."),
        ["30005"] = ("invalid_recipient", "The number does not exist any more."),
        ["30006"] = ("invalid_recipient", "The number is a landline, or its carrier takes no messages."),
        ["30007"] = ("filtered", "The carrier took it for spam. Change the text."),
        ["30008"] = ("provider_refused", "Delivery failed for a reason that the carrier does not tell. Send it again."),
        ["30034"] = ("channel_failed", "The number is not registered for business messaging (A2P 10DLC)."),
        ["30036"] = ("expired", "The message could not be delivered in time. Send it again."),
        ["63001"] = ("channel_failed", "WhatsApp refused the channel's credentials."),
        ["63003"] = ("invalid_recipient", "The number is not on WhatsApp."),
        ["63005"] = ("content_refused", "WhatsApp refused the content."),
        ["63012"] = ("provider_unavailable", "WhatsApp had an error of its own. Send it again."),
        ["63013"] = ("content_refused", "The message breaks a rule of WhatsApp."),
        ["63015"] = ("not_joined", "The customer has not joined the WhatsApp sandbox."),
        ["63016"] = ("window_closed", "The customer last wrote more than 24 hours ago. Send a template instead."),
        ["63017"] = ("rate_limited", "The account sends too fast. Send it again later."),
        ["63018"] = ("rate_limited", "The sender sends too fast. Send it again later."),
        ["63019"] = ("media_refused", "WhatsApp could not use the file."),
        ["63021"] = ("content_refused", "WhatsApp takes no such content."),
        ["63024"] = ("invalid_recipient", "WhatsApp does not take this recipient."),
        ["63032"] = ("blocked_by_recipient", "WhatsApp keeps this message from the customer (an experiment of Meta's)."),
        ["63038"] = ("rate_limited", "The account's messages for today are used up. Send it again tomorrow."),
        ["63040"] = ("template_refused", "The template was rejected."),
        ["63041"] = ("template_refused", "The template is paused."),
        ["63042"] = ("template_refused", "The template is disabled."),
        ["63049"] = ("template_refused", "Meta did not deliver this marketing template."),
        ["63051"] = ("channel_failed", "The WhatsApp sender is locked."),
        ["63112"] = ("channel_failed", "The WhatsApp business account is disabled."),
        ["92002"] = ("template_refused", "More than 100 template variables."),
        ["92007"] = ("template_refused", "The template variables are not valid."),
    };

    public static DeliveryFailure Failure(string? code, string? providerWords) =>
        code is not null && Known.TryGetValue(code, out (string Code, string Words) known)
            ? new DeliveryFailure(known.Code, code, known.Words)
            : new DeliveryFailure("provider_refused", code, providerWords is { Length: > 0 } ? providerWords : "Twilio gave no reason.");

    public static bool IsChannelBroken(string? code) => code is not null && Broken.Contains(code);
}
