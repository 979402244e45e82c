using LiveDesk.Domain.AiAgents;

namespace LiveDesk.Domain.Messaging;

/// <summary>
/// Divides a text of the desk's own that is too long for one message of its channel: between paragraphs, else behind a sentence, else between words.
/// What a provider takes in one message differs sixfold, and a greeting should not have to know.
/// </summary>
public static class TextParts
{
    /// <summary>Characters of such a text. What the customer's variables make longer is cut off behind a sentence.</summary>
    public const int LongestText = 10_000;

    /// <param name="limit">The longest text of one message, in UTF-16 units.</param>
    /// <returns>In order; one as it is if it fits.</returns>
    public static IReadOnlyList<string> Of(string text, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 2);
        if (text.Length <= limit) return [text];
        var parts = new List<string>();
        ReadOnlySpan<char> rest = text.Length > LongestText ? AnswerText.Fit(text, LongestText) : text;
        for (rest = rest.Trim(); rest.Length > limit;)
        {
            int end = EndOfPart(rest, limit);
            parts.Add(rest[..end].TrimEnd().ToString());
            rest = rest[end..].TrimStart();
        }
        if (!rest.IsEmpty) parts.Add(rest.ToString());
        return parts;
    }

    /// <summary>A break that leaves more than half of the room empty is none.</summary>
    private static int EndOfPart(ReadOnlySpan<char> text, int limit)
    {
        ReadOnlySpan<char> room = text[..limit];
        int paragraph = Math.Max(room.LastIndexOf("\n\n"), room.LastIndexOf("\n\r\n"));
        if (paragraph > limit / 2) return paragraph;
        int sentence = TextBreaks.SentenceEnd(text, limit);
        return sentence > limit / 2 ? sentence : TextBreaks.WordEnd(text, limit);
    }
}
