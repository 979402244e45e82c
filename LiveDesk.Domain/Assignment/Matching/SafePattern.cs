using System.Text.RegularExpressions;

namespace LiveDesk.Domain.Assignment.Matching;

/// <summary>
/// Regular expressions that administrators write and strangers' messages are held against. The engine without backtracking takes time in
/// proportion to the text whatever the pattern; the lengths of both are limited, and a limit on time is the last resort.
/// </summary>
internal static class SafePattern
{
    public const int MaxLength = 500;
    public const int MaxText = 4096;

    private static readonly TimeSpan LastResort = TimeSpan.FromMilliseconds(250);

    /// <summary>Null with the reason if the pattern is not accepted.</summary>
    public static Regex? Read(string pattern, out string? fault)
    {
        fault = pattern.Length > MaxLength ? $"Must have at most {MaxLength} characters." : null;
        if (fault is not null) return null;
        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, LastResort);
        }
        catch (RegexParseException e)
        {
            fault = $"Is no regular expression: {e.Error} at character {e.Offset}.";
        }
        catch (NotSupportedException)
        {
            fault = "Uses look-around, back-references or repetitions too large to be searched in bounded time.";
        }

        return null;
    }

    /// <summary>False also where the search had to be given up.</summary>
    public static bool IsIn(string text, string pattern)
    {
        try
        {
            return Read(pattern, out _)?.IsMatch(text.AsSpan(0, Math.Min(text.Length, MaxText))) ?? false;
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}
