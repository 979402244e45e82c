using System.Buffers;

namespace LiveDesk.Domain.AiAgents;

/// <summary>
/// Makes a model's text fit a message. Too long a text is cut behind its last whole sentence (else behind its last word), and an ellipsis says
/// that there was more: several messages in a row would read as a flood, and half a sentence as an error.
/// </summary>
public static class AnswerText
{
    private const string Ellipsis = "…";

    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?…。！？\n");
    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\n\r\u00a0\u3000");

    /// <param name="text">As the model wrote it.</param>
    /// <param name="limit">The longest text of the channel, in UTF-16 units.</param>
    /// <param name="cut">The model stopped before it was done.</param>
    /// <returns>Null if there is nothing to say.</returns>
    public static string? Fit(string? text, int limit, bool cut = false)
    {
        ReadOnlySpan<char> whole = text.AsSpan().Trim();
        if (whole.Length == 0) return null;
        if (whole.Length <= limit && (!cut || SentenceEnds.Contains(whole[^1]))) return whole.ToString();
        ReadOnlySpan<char> room = whole[..Math.Min(whole.Length, limit - Ellipsis.Length)];
        int end = SentenceEnd(whole, room.Length);
        // A sentence that leaves most of the text out says less than a torn one.
        if (end < room.Length / 3) end = WordEnd(whole, room.Length);
        return string.Concat(whole[..end].TrimEnd(), Ellipsis);
    }

    /// <summary>Behind the last mark at which a sentence ends; a full stop inside a number or an address is none.</summary>
    private static int SentenceEnd(ReadOnlySpan<char> text, int limit)
    {
        for (int end = limit; end > 0; end--)
        {
            char mark = text[end - 1];
            if (SentenceEnds.Contains(mark) && (mark != '.' || end == text.Length || char.IsWhiteSpace(text[end]))) return end;
        }
        return 0;
    }

    private static int WordEnd(ReadOnlySpan<char> text, int limit)
    {
        int space = text[..limit].LastIndexOfAny(Spaces);
        int end = space > limit / 2 ? space : limit;
        return end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }
}
