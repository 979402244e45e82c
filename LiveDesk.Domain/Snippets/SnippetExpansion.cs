using System.Text;

namespace LiveDesk.Domain.Snippets;

/// <param name="MissingVariables">Named in the text and without a value, each once, in order: shown as a warning to the writer.</param>
public sealed record ExpandedSnippet(string Text, IReadOnlyList<string> MissingVariables);

/// <summary>
/// Fills <c>{{contact.name}}</c> and the like into a canned text. Names have letters, digits, dots, hyphens and underscores, with or
/// without spaces around, regardless of case. A variable without a value becomes empty. What is filled in is not looked at again, so a
/// customer's name cannot smuggle in a variable. Braces that hold no name stay as they are.
/// </summary>
public static class SnippetExpansion
{
    private const string Open = "{{", Close = "}}";

    /// <param name="variables">Values by name; null or empty ones count as missing.</param>
    public static ExpandedSnippet Expand(string text, IReadOnlyDictionary<string, string?> variables)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(variables);
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, string? value) in variables) values[name] = value;

        var result = new StringBuilder(text.Length);
        var missing = new List<string>();
        int at = 0;
        for (int open; (open = text.IndexOf(Open, at, StringComparison.Ordinal)) >= 0;)
        {
            result.Append(text, at, open - at);
            if (NameAt(text, open, out int end) is not { } name)
            {
                // One brace only: the next may begin a variable.
                result.Append(text[open]);
                at = open + 1;
                continue;
            }

            string? value = values.GetValueOrDefault(name);
            if (string.IsNullOrEmpty(value) && !missing.Contains(name, StringComparer.OrdinalIgnoreCase)) missing.Add(name);
            result.Append(value);
            at = end;
        }

        return new ExpandedSnippet(result.Append(text, at, text.Length - at).ToString(), missing);
    }

    private static string? NameAt(string text, int open, out int end)
    {
        int start = open + Open.Length, stop = start;
        while (stop < text.Length && (char.IsAsciiLetterOrDigit(text[stop]) || text[stop] is '.' or '_' or '-' or ' ')) stop++;
        end = stop + Close.Length;
        string name = text[start..stop].Trim();
        bool closed = string.CompareOrdinal(text, stop, Close, 0, Close.Length) == 0;
        return closed && name.Length > 0 && !name.Contains(' ', StringComparison.Ordinal) ? name : null;
    }
}
