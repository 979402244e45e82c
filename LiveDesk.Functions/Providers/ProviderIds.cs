namespace LiveDesk.Functions.Providers;

/// <summary>
/// Ids that a provider gives out: accounts, applications, pages, numbers. What they look like is the provider's business, and may change; the desk wants
/// of them only that they stand as they are in the path of a URL. Whether there is such a one, the provider itself is asked.
/// </summary>
internal static class ProviderIds
{
    public const string Words = "letters, digits, dots, hyphens and underscores";

    private const int Longest = 128;

    /// <summary>Neither empty nor a step in a path.</summary>
    public static bool IsWellFormed(string? id) =>
        id is { Length: > 0 and <= Longest } and not ("." or "..") && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_');
}
