using LiveDesk.Domain.Messaging;

namespace LiveDesk.Domain.AiAgents;

/// <summary>
/// Makes a model's text fit a message. Too long a text is cut behind its last whole sentence (else behind its last word), and an ellipsis says
/// that there was more: several messages in a row would read as a flood, and half a sentence as an error.
/// </summary>
public static class AnswerText
{
    private const string Ellipsis = "…";

    /// <param name="text">As the model wrote it.</param>
    /// <param name="limit">The longest text of the channel, in UTF-16 units.</param>
    /// <param name="cut">The model stopped before it was done.</param>
    /// <returns>Null if there is nothing to say.</returns>
    public static string? Fit(string? text, int limit, bool cut = false)
    {
        ReadOnlySpan<char> whole = text.AsSpan().Trim();
        if (whole.Length == 0) return null;
        if (whole.Length <= limit && (!cut || TextBreaks.IsSentenceEnd(whole[^1]))) return whole.ToString();
        ReadOnlySpan<char> room = whole[..Math.Min(whole.Length, limit - Ellipsis.Length)];
        int end = TextBreaks.SentenceEnd(whole, room.Length);
        // A sentence that leaves most of the text out says less than a torn one.
        if (end < room.Length / 3) end = TextBreaks.WordEnd(whole, room.Length);
        return string.Concat(whole[..end].TrimEnd(), Ellipsis);
    }
}
