using System.Text.RegularExpressions;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>Identifiers: two letters for the kind and 32 hex digits.</summary>
internal static partial class TwilioSids
{
    public static string New(string kind) => kind + Guid.NewGuid().ToString("N");

    public static bool Is(string? text, params string[] kinds) => text is not null && Form().IsMatch(text) && kinds.Contains(text[..2]);

    [GeneratedRegex("^[A-Z]{2}[0-9a-fA-F]{32}$")]
    private static partial Regex Form();
}
