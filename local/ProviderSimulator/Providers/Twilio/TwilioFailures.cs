namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Words for the codes that failed messages carry.</summary>
internal static class TwilioFailures
{
    public const int OutsideWindow = 63016;

    public static string Text(int code) => code switch
    {
        30001 => "Queue overflow",
        30002 => "Account suspended",
        30003 => "Unreachable destination handset",
        30004 => "Message blocked",
        30005 => "Unknown destination handset",
        30006 => "Landline or unreachable carrier",
        30007 => "Message filtered",
        30036 => "Validity Period Expired",
        63003 => "Channel could not find To address",
        63012 => "Channel provider returned an internal service error",
        63015 => "Channel Sandbox can only send messages to phone numbers that have joined the Sandbox",
        OutsideWindow => "Failed to send freeform message because you are outside the allowed window. If you are using WhatsApp, please use a Message Template.",
        63018 => "Rate limit exceeded for Channel",
        63024 => "Invalid message recipient",
        63040 => "Template rejected",
        63041 => "Template paused",
        63042 => "Template disabled",
        _ => "Unknown error",
    };

    /// <summary>Why WhatsApp does not take a template; null if it does.</summary>
    public static int? OfTemplate(string approvalStatus) => approvalStatus switch
    {
        "approved" => null,
        "paused" => 63041,
        "disabled" => 63042,
        _ => 63040,
    };
}
