using System.Text.RegularExpressions;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>An address as Twilio writes it: <c>+15550001111</c>, a short code, or <c>whatsapp:</c> with a number or a business-scoped user id.</summary>
internal readonly partial record struct TwilioAddress(string Channel, string Value)
{
    public const string Sms = "sms";
    public const string WhatsApp = "whatsapp";

    public bool IsWhatsApp => Channel == WhatsApp;

    public bool IsE164 => E164().IsMatch(Value);

    /// <summary>Whether a message can be sent to it.</summary>
    public bool IsRecipient => IsWhatsApp ? IsE164 || IsBusinessScopedId : Channel == Sms && IsE164;

    /// <summary>Whether a message can come from it.</summary>
    public bool IsSender => IsWhatsApp ? IsE164 : Channel == Sms && (IsE164 || ShortCode().IsMatch(Value) || Alphanumeric().IsMatch(Value));

    /// <summary>A WhatsApp user who hides the number: country code, dot, id.</summary>
    public bool IsBusinessScopedId => UserId().IsMatch(Value);

    public static TwilioAddress Parse(string text)
    {
        string trimmed = text.Trim();
        int colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        return colon < 0
            ? new TwilioAddress(Sms, trimmed)
            : new TwilioAddress(trimmed[..colon].ToLowerInvariant(), trimmed[(colon + 1)..]);
    }

    public override string ToString() => Channel == Sms ? Value : Channel + ":" + Value;

    [GeneratedRegex(@"^\+[1-9]\d{6,14}$")]
    private static partial Regex E164();

    [GeneratedRegex(@"^\d{3,8}$")]
    private static partial Regex ShortCode();

    [GeneratedRegex(@"^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$")]
    private static partial Regex Alphanumeric();

    [GeneratedRegex(@"^[A-Z]{2}\.[A-Za-z0-9.]{1,150}$")]
    private static partial Regex UserId();
}
