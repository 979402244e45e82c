using System.Globalization;
using System.Text.Json;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>What Twilio refuses at once, with the code that it gives (twilio.com/docs/api/errors).</summary>
internal sealed class MessageRules(TwilioState state)
{
    private const int LongestBody = 1600;
    private const int MostMedia = 10;
    private const int LongestUrl = 4000;

    /// <returns>Null if the message is fine.</returns>
    public TwilioError? Check(string accountSid, TwilioForm form)
    {
        if (form["To"] is not { } toText) return TwilioError.Invalid(21604, "A 'To' phone number is required.");
        TwilioAddress to = TwilioAddress.Parse(toText);
        if (!to.IsRecipient) return TwilioError.Invalid(21211, $"Invalid 'To' Phone Number: {toText}");
        return Sender(accountSid, form, to) ?? Text(form) ?? Template(accountSid, form) ?? Media(form) ?? Callback(form) ?? Validity(form);
    }

    private TwilioError? Sender(string accountSid, TwilioForm form, TwilioAddress to)
    {
        (string? fromText, string? service) = (form["From"], form["MessagingServiceSid"]);
        if (fromText is null && service is null) return TwilioError.Invalid(21603, "A 'From' phone number or a 'MessagingServiceSid' is required.");
        if (service is not null && Service(accountSid, service, to) is { } refusal) return refusal;
        if (fromText is null) return IsOptedOut(to, service!) ? OptedOut() : null;

        TwilioAddress from = TwilioAddress.Parse(fromText);
        if (from.Channel != to.Channel)
            return TwilioError.Invalid(21910, "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel");
        if (!from.IsSender) return TwilioError.Invalid(21212, $"Invalid 'From' Phone Number: {fromText}");
        if (from == to) return TwilioError.Invalid(21266, "'To' and 'From' number cannot be the same");
        if (!IsOwn(accountSid, from))
            return from.IsWhatsApp
                ? TwilioError.Invalid(63007, $"Twilio could not find a Channel with the specified From address: {fromText}")
                : TwilioError.Invalid(21606, $"The 'From' phone number provided ({fromText}) is not a valid message-capable Twilio phone number for this destination/account");
        string pool = state.Number(from)?.MessagingServiceSid ?? from.ToString();
        return IsOptedOut(to, pool) ? OptedOut() : null;
    }

    private TwilioError? Service(string accountSid, string sid, TwilioAddress to)
    {
        if (!TwilioSids.Is(sid, "MG")) return TwilioError.Invalid(21705, $"The Messaging Service Sid {sid} is invalid.");
        TwilioService? service = state.Service(sid);
        bool anyKnown = state.Services().Any(other => other.AccountSid == accountSid);
        if (service is null ? anyKnown : service.AccountSid != accountSid)
            return TwilioError.Invalid(21701, "The Messaging Service does not exist.");
        return service is not null && !state.Numbers().Any(number => number.MessagingServiceSid == sid && number.Address.Channel == to.Channel)
            ? TwilioError.Invalid(21703, "The Messaging Service contains no phone numbers.")
            : null;
    }

    // An account for which no number of the channel was registered may send from any: a first try needs no preparation.
    private bool IsOwn(string accountSid, TwilioAddress from)
    {
        TwilioNumber? number = state.Number(from);
        return number is not null
            ? number.AccountSid == accountSid
            : !state.Numbers().Any(other => other.AccountSid == accountSid && other.Address.Channel == from.Channel);
    }

    private bool IsOptedOut(TwilioAddress to, string sender) => !to.IsWhatsApp && state.IsOptedOut(to, sender);

    private static TwilioError OptedOut() => TwilioError.Invalid(21610, "Attempt to send to unsubscribed recipient");

    private static TwilioError? Text(TwilioForm form)
    {
        if (form["Body"] is null && form["ContentSid"] is null && form["MediaUrl"] is null && form["PersistentAction"] is null)
            return TwilioError.Invalid(21619, "A text message body or media urls must be specified.");
        return form["Body"]?.Length > LongestBody
            ? TwilioError.Invalid(21617, "The concatenated message body exceeds the 1600 character limit")
            : null;
    }

    private TwilioError? Template(string accountSid, TwilioForm form)
    {
        if (form["ContentSid"] is not { } sid) return null;
        if (!TwilioSids.Is(sid, "HX") || state.Content(sid, accountSid) is null)
            return TwilioError.Invalid(21655, $"The ContentSid {sid} is invalid.");
        return form["ContentVariables"] is { } variables ? Variables(variables) : null;
    }

    private static TwilioError? Variables(string json)
    {
        Dictionary<string, string>? values;
        try
        {
            values = JsonSerializer.Deserialize<Dictionary<string, string>>(json);
        }
        catch (JsonException)
        {
            values = null;
        }

        if (values is null) return TwilioError.Invalid(92007, "The ContentVariables parameter is not a valid JSON string of strings");
        if (values.Count > 100) return TwilioError.Invalid(92002, "There are more than 100 content variables");
        return values.Any(pair => pair.Key.Length > 16 || string.IsNullOrEmpty(pair.Value) || pair.Value.Length > 1600 || pair.Value.Contains('\n'))
            ? TwilioError.Invalid(21656, "The ContentVariables parameter is invalid")
            : null;
    }

    private static TwilioError? Media(TwilioForm form)
    {
        IReadOnlyList<string> urls = form.All("MediaUrl");
        if (urls.Count > MostMedia) return TwilioError.Invalid(21623, "Number of media files exceeds allowed limit");
        return urls.FirstOrDefault(url => !IsUrl(url)) is { } bad ? TwilioError.Invalid(21620, $"Invalid media URL(s): {bad}") : null;
    }

    private static TwilioError? Callback(TwilioForm form) => form["StatusCallback"] is not { } url
        || (url.Length <= LongestUrl && IsUrl(url) && !new Uri(url).Host.Contains('_', StringComparison.Ordinal))
            ? null
            : TwilioError.Invalid(21609, $"The 'StatusCallback' URL {url} is not a valid URL.");

    private static TwilioError? Validity(TwilioForm form) => form["ValidityPeriod"] is not { } seconds
        || (int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out int period) && period is >= 1 and <= 36000)
            ? null
            : TwilioError.Invalid(20001, "ValidityPeriod must be between 1 and 36000 seconds.");

    private static bool IsUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https" && url.Host.Length > 0;
}
