namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>What a keyword asks for.</summary>
internal enum OptOutKeyword
{
    Stop,
    Start,
    Help,
}

/// <summary>The English keywords that Twilio acts on by itself (twilio.com/docs/messaging/tutorials/advanced-opt-out).</summary>
internal static class OptOutKeywords
{
    public static OptOutKeyword? Find(string body) => body.Trim().ToUpperInvariant() switch
    {
        "STOP" or "STOPALL" or "UNSUBSCRIBE" or "CANCEL" or "END" or "QUIT" or "REVOKE" or "OPTOUT" => OptOutKeyword.Stop,
        "START" or "YES" or "UNSTOP" => OptOutKeyword.Start,
        "HELP" or "INFO" => OptOutKeyword.Help,
        _ => null,
    };
}
