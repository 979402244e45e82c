using System.Buffers;

namespace LiveDesk.Domain.Messaging;

/// <summary>Where a text may be broken off.</summary>
internal static class TextBreaks
{
    private static readonly SearchValues<char> SentenceEnds = SearchValues.Create(".!?…。！？\n");
    private static readonly SearchValues<char> Spaces = SearchValues.Create(" \t\n\r\u00a0\u3000");

    public static bool IsSentenceEnd(char mark) => SentenceEnds.Contains(mark);

    /// <summary>
    /// Behind the last mark at which a sentence ends, within a limit; a full stop inside a number or an address is none. 0: there is none.
    /// </summary>
    public static int SentenceEnd(ReadOnlySpan<char> text, int limit)
    {
        for (int end = limit; end > 0; end--)
        {
            char mark = text[end - 1];
            if (SentenceEnds.Contains(mark) && (mark != '.' || end == text.Length || char.IsWhiteSpace(text[end]))) return end;
        }
        return 0;
    }

    /// <summary>Behind the last word within a limit; within a word that leaves no other choice, but never within a character.</summary>
    public static int WordEnd(ReadOnlySpan<char> text, int limit)
    {
        int space = text[..limit].LastIndexOfAny(Spaces);
        int end = space > limit / 2 ? space : limit;
        return end > 0 && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }
}
