namespace LiveDesk.Domain.Snippets;

/// <summary>
/// Finds snippets as a person types: the shortcut begins with what was typed, then the shortcut holds it, then the text holds it;
/// within each, shorter shortcuts first (so the exact one leads), then by alphabet. Regardless of case.
/// </summary>
public static class SnippetSearch
{
    /// <param name="query">Without or with the slash that opens the search; empty: all, by alphabet.</param>
    public static IReadOnlyList<T> Rank<T>(IEnumerable<T> snippets, string? query, Func<T, string> shortcut, Func<T, string> text)
    {
        ArgumentNullException.ThrowIfNull(snippets);
        ArgumentNullException.ThrowIfNull(shortcut);
        ArgumentNullException.ThrowIfNull(text);
        string wanted = (query ?? "").Trim().TrimStart('/');
        if (wanted.Length == 0) return [.. snippets.OrderBy(shortcut, StringComparer.OrdinalIgnoreCase)];

        return [.. snippets
            .Select(snippet => (Snippet: snippet, Rank: RankOf(shortcut(snippet), text(snippet), wanted)))
            .Where(found => found.Rank is not null)
            .OrderBy(found => found.Rank)
            .ThenBy(found => shortcut(found.Snippet).Length)
            .ThenBy(found => shortcut(found.Snippet), StringComparer.OrdinalIgnoreCase)
            .Select(found => found.Snippet)];
    }

    private static int? RankOf(string shortcut, string text, string wanted) =>
        shortcut.StartsWith(wanted, StringComparison.OrdinalIgnoreCase) ? 0
        : shortcut.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 1
        : text.Contains(wanted, StringComparison.OrdinalIgnoreCase) ? 2 : null;
}
