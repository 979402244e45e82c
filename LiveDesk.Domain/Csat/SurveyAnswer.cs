namespace LiveDesk.Domain.Csat;

/// <summary>A score, and what the customer said with it.</summary>
/// <param name="Score">1 (worst) to 5 (best).</param>
/// <param name="Comment">Without the score; null if there is none.</param>
public sealed record SurveyAnswer(int Score, string? Comment = null)
{
    /// <summary>A satisfied customer gives this or more.</summary>
    public const int Satisfied = 4;

    /// <summary>
    /// Reads an answer given in the chat. Whatever is doubtful is no answer, because it may be a question for a person:
    /// <list type="bullet">
    /// <item>The message begins with the score: a digit 1 to 5 (Western, Thai or keycap), one to five stars, or the number in English,
    /// Spanish, French or Thai, perhaps after a label (<c>nota: 5</c>).</item>
    /// <item><c>/5</c>, <c>out of 5</c>, <c>de 5</c>, <c>sur 5</c>, <c>เต็ม 5</c> and a word for stars or points belong to the score;
    /// out of any other number it is none.</item>
    /// <item>After it comes the end, punctuation, an emoji or a comment. No digit may follow (decimals, dates, times, telephone numbers,
    /// ranges), no sign of money or per cent, no question mark, no letter without a space, and no word that makes it a quantity or a date
    /// (<c>5 minutes</c>, <c>5 de marzo</c>, <c>2 questions</c>).</item>
    /// <item>A number in words takes no comment without punctuation (<c>un problème</c> is no score), and a single star none at all.</item>
    /// <item>The first of several numbered lines is no score.</item>
    /// </list>
    /// </summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SurveyAnswer? answer)
    {
        answer = null;
        var reader = new ScoreReader(text ?? "");
        if (!reader.TryReadScore(out int score) || !reader.TryReadComment(out string? comment)) return false;

        answer = new SurveyAnswer(score, comment);
        return true;
    }
}
