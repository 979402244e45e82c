using LiveDesk.Domain.Messaging;
using LiveDesk.Functions.Providers.Meta;

namespace LiveDesk.Functions.Providers.WhatsAppCloud;

/// <summary>The Cloud API's error codes in words (developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes), and what each asks for.</summary>
internal static class WhatsAppErrors
{
    // The account's quality limits sending; Meta lets go after hours, not seconds.
    private static readonly TimeSpan QualityPause = TimeSpan.FromHours(1);

    /// <summary>Faults of account, token or number: the channel is broken until somebody mends it.</summary>
    private static readonly HashSet<int> Broken = [0, 3, 10, 190, 368, 131005, 131031, 131042, 131045, 133010, 133016];

    /// <summary>The limits of app, account, number, or of the pair of number and customer.</summary>
    private static readonly HashSet<int> Throttled = [4, 80007, 130429, 131056];

    /// <summary>Meta's own trouble, soon over.</summary>
    private static readonly HashSet<int> Unwell = [1, 2, 131000, 131016, 131057, 133004, 135000];

    private static readonly Dictionary<int, (string Code, string Words)> Known = new()
    {
        [0] = ("channel_failed", "WhatsApp does not take the access token. Make a new one and give it to the channel."),
        [1] = ("provider_unavailable", "WhatsApp had an error of its own. Send it again."),
        [2] = ("provider_unavailable", "WhatsApp is down for the moment. Send it again later."),
        [3] = ("channel_failed", "The access token lacks the permission whatsapp_business_messaging."),
        [4] = ("rate_limited", "The app has made too many calls. Send it again later."),
        [10] = ("channel_failed", "The access token lacks a permission."),
        [33] = ("provider_refused", "WhatsApp does not know the phone number id."),
        [100] = ("provider_refused", "WhatsApp found a parameter that is not valid."),
        [190] = ("channel_failed", "The access token has expired or was revoked. Make a new one and give it to the channel."),
        [368] = ("channel_failed", "The WhatsApp account is blocked for a while because of a policy violation. See the Account Quality page."),
        [80007] = ("rate_limited", "The WhatsApp account sends too much. Send it again later."),
        [130429] = ("rate_limited", "The number sends too fast. Send it again later."),
        [130472] = ("blocked_by_recipient", "WhatsApp keeps this message from the customer (an experiment of Meta's)."),
        [130497] = ("provider_refused", "WhatsApp does not let this account write to the customer's country."),
        [131000] = ("provider_unavailable", "WhatsApp had an error that it does not explain. Send it again."),
        [131005] = ("channel_failed", "WhatsApp denies access. Check the permissions of the access token."),
        [131008] = ("provider_refused", "A parameter is missing."),
        [131009] = ("provider_refused", "A parameter is not valid."),
        [131016] = ("provider_unavailable", "WhatsApp is unavailable for the moment. Send it again later."),
        [131021] = ("invalid_recipient", "The recipient is the sender's own number."),
        [131026] = ("invalid_recipient", "The message cannot be delivered: the number is not on WhatsApp, has an old version or has not accepted the terms."),
        [131030] = ("provider_refused", "A test number writes only to the numbers on its list. Add the number in the app's WhatsApp settings."),
        [131031] = ("channel_failed", "The WhatsApp account is restricted or locked. See the Account Quality page."),
        [131042] = ("channel_failed", "WhatsApp could not charge the account. Check its payment method."),
        [131045] = ("channel_failed", "The number is not registered. Register it in the WhatsApp manager."),
        [131047] = ("window_closed", "The customer last wrote more than 24 hours ago. Send a template instead."),
        [131048] = ("rate_limited", "Customers have blocked or reported the number, so WhatsApp limits it. Send less, and later."),
        [131049] = ("template_refused", "WhatsApp held the marketing message back to spare the customer. Do not send it again within 24 hours."),
        [131050] = ("blocked_by_recipient", "The customer wants no marketing messages."),
        [131051] = ("content_refused", "WhatsApp does not know this kind of message."),
        [131052] = ("media_refused", "WhatsApp could not fetch the file."),
        [131053] = ("media_refused", "WhatsApp could not use the file: check its type and size."),
        [131056] = ("rate_limited", "Too many messages to this customer in a short time. Send it again later."),
        [131057] = ("provider_unavailable", "The WhatsApp account is under maintenance. Send it again later."),
        [132000] = ("template_refused", "The template needs another number of variables."),
        [132001] = ("template_refused", "The template does not exist in this language, or is not approved yet."),
        [132005] = ("template_refused", "The template's text is too long with these variables."),
        [132007] = ("template_refused", "The template breaks a policy of WhatsApp."),
        [132012] = ("template_refused", "A template variable is not in the expected format."),
        [132015] = ("template_refused", "The template is paused because of its low quality. Change it."),
        [132016] = ("template_refused", "The template is disabled for good. Make a new one."),
        [133004] = ("provider_unavailable", "WhatsApp's server is unavailable for the moment. Send it again later."),
        [133010] = ("channel_failed", "The number is not registered on WhatsApp. Register it in the WhatsApp manager."),
        [133016] = ("channel_failed", "The number was registered too often. Wait 72 hours."),
        [135000] = ("provider_unavailable", "WhatsApp had an error that it does not explain. Send it again."),
    };

    public static bool IsChannelBroken(int code) => Broken.Contains(code) || code is >= 200 and <= 299;

    /// <param name="providerWords">Used where the code is not known.</param>
    public static DeliveryFailure Failure(int? code, string? providerWords)
    {
        string? number = code?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (code is { } given && Known.TryGetValue(given, out (string Code, string Words) known)) return new DeliveryFailure(known.Code, number, known.Words);
        if (code is >= 200 and <= 299) return new DeliveryFailure("channel_failed", number, "The access token lacks a permission.");
        return new DeliveryFailure("provider_refused", number, providerWords ?? "WhatsApp gave no reason.");
    }

    public static SendOutcome Outcome(GraphError error, TimeSpan? retryAfter)
    {
        string reason = $"WhatsApp ({error.Code}): {error.Message}";
        if (error.Code == 131048) return new SendOutcome.NotTaken(retryAfter ?? QualityPause, reason);
        if (Throttled.Contains(error.Code)) return new SendOutcome.NotTaken(retryAfter, reason);
        if (Unwell.Contains(error.Code)) return new SendOutcome.ServerError(retryAfter, reason);
        DeliveryFailure failure = Failure(error.Code, error.Message);
        // These two say little; what Meta adds tells which parameter it is.
        if (error.Code is 100 or 131009) failure = failure with { Message = $"{failure.Message} {error.Message}" };
        return new SendOutcome.Refused(failure, ChannelBroken: IsChannelBroken(error.Code));
    }
}
