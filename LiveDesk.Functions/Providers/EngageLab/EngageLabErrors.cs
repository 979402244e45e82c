using LiveDesk.Domain.Messaging;

namespace LiveDesk.Functions.Providers.EngageLab;

/// <summary>
/// EngageLab's codes (four digits from 1000) and Meta's, which come through it in status rows, in words
/// (developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes).
/// </summary>
internal static class EngageLabErrors
{
    private static readonly HashSet<string> Broken = ["2001", "2002", "2003", "2004", "131031", "131042", "133010"];

    private static readonly Dictionary<string, (string Code, string Words)> Known = new()
    {
        ["2001"] = ("channel_failed", "EngageLab refused the channel's credentials. Check the DevKey and the DevSecret."),
        ["2002"] = ("channel_failed", "The channel's DevKey has expired or is disabled."),
        ["2003"] = ("channel_failed", "Meta refused EngageLab for this business account. Connect it again in the EngageLab console."),
        ["2004"] = ("channel_failed", "The channel's DevKey may not send from this number."),
        ["4001"] = ("template_refused", "EngageLab does not know the template in this language."),
        ["5002"] = ("template_refused", "Meta refused the template."),
        ["130429"] = ("rate_limited", "The number sends too fast. Send it again later."),
        ["130472"] = ("blocked_by_recipient", "WhatsApp keeps this message from the customer (an experiment of Meta's)."),
        ["131021"] = ("invalid_recipient", "The channel cannot write to its own number."),
        ["131026"] = ("invalid_recipient", "The number is not on WhatsApp, or cannot be reached there."),
        ["131031"] = ("channel_failed", "The WhatsApp business account is locked."),
        ["131042"] = ("channel_failed", "The WhatsApp business account has a payment problem."),
        ["131047"] = ("window_closed", "The customer last wrote more than 24 hours ago. Send a template instead."),
        ["131048"] = ("rate_limited", "WhatsApp limits the number: too many of its messages were reported."),
        ["131049"] = ("template_refused", "Meta did not deliver this marketing template."),
        ["131050"] = ("blocked_by_recipient", "The customer wants no marketing messages of this business."),
        ["131051"] = ("content_refused", "WhatsApp takes no such message."),
        ["131052"] = ("media_refused", "WhatsApp could not fetch the file."),
        ["131053"] = ("media_refused", "WhatsApp could not use the file."),
        ["131056"] = ("rate_limited", "Too many messages to this customer in a short time. Send it again later."),
        ["132000"] = ("template_refused", "The template has another number of variables."),
        ["132001"] = ("template_refused", "The template does not exist in this language, or is not approved."),
        ["132005"] = ("template_refused", "The filled template is too long."),
        ["132007"] = ("template_refused", "The template breaks a rule of WhatsApp."),
        ["132012"] = ("template_refused", "The template's variables are not of the expected form."),
        ["132015"] = ("template_refused", "The template is paused."),
        ["132016"] = ("template_refused", "The template is disabled."),
        ["133010"] = ("channel_failed", "The number is not registered with WhatsApp."),
    };

    /// <param name="code">Null or 0: none was given.</param>
    public static DeliveryFailure Failure(string? code, string? providerWords)
    {
        string? given = code is null or "0" ? null : code;
        if (given is not null && Known.TryGetValue(given, out (string Code, string Words) known)) return new DeliveryFailure(known.Code, given, known.Words);
        string words = providerWords is { Length: > 0 } ? providerWords : "EngageLab gave no reason.";
        return new DeliveryFailure(SaysWindowClosed(words) ? "window_closed" : "provider_refused", given, words);
    }

    /// <summary>The answer to a send that was not taken.</summary>
    public static SendOutcome.Refused Refused(ProviderAnswer answer)
    {
        string? code = answer.Body.Text("code") ?? (answer.Status is 401 or 403 ? "2001" : null);
        return new SendOutcome.Refused(Failure(code, answer.Body.Text("message")), ChannelBroken: code is not null && Broken.Contains(code));
    }

    // Code 3003 stands for many rules; only its words tell which.
    private static bool SaysWindowClosed(string words) =>
        words.Contains("131047", StringComparison.Ordinal) || words.Contains("re-engagement", StringComparison.OrdinalIgnoreCase)
        || (words.Contains("24", StringComparison.Ordinal) && words.Contains("hour", StringComparison.OrdinalIgnoreCase));
}
