using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>%Setting% in names and schedules.</summary>
internal static partial class SettingReferences
{
    /// <summary>The text with every %Setting% replaced; a missing setting is a start-up error.</summary>
    public static string Resolve(this IConfiguration configuration, string text) => Reference().Replace(text, match =>
        configuration[match.Groups[1].Value.Replace("__", ":", StringComparison.Ordinal)]
        ?? throw new StartUpException($"'{text}' refers to the setting '{match.Groups[1].Value}', which is missing."));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Reference();
}
