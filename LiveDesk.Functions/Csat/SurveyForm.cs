using System.Collections.Specialized;
using System.Text;
using System.Web;
using LiveDesk.Domain.Csat;

namespace LiveDesk.Functions.Csat;

/// <summary>What the survey page's form sends.</summary>
internal static class SurveyForm
{
    // The longest comment, with each character as six escaped bytes and more.
    private const int Largest = 64 * 1024;

    /// <returns>Null without a score from 1 to 5.</returns>
    public static async Task<SurveyAnswer?> ReadAsync(Stream form, CancellationToken cancellationToken)
    {
        byte[] body = new byte[Largest];
        int length = await form.ReadAtLeastAsync(body, Largest, throwOnEndOfStream: false, cancellationToken);
        NameValueCollection fields = HttpUtility.ParseQueryString(Encoding.UTF8.GetString(body, 0, length), Encoding.UTF8);
        return fields["score"] is ("1" or "2" or "3" or "4" or "5") and var score ? new SurveyAnswer(score[0] - '0', Comment(fields["comment"])) : null;
    }

    /// <summary>A browser counts a line's end as one character and sends two.</summary>
    private static string? Comment(string? text)
    {
        string comment = (text ?? "").ReplaceLineEndings("\n").Trim();
        if (comment.Length > SurveyPage.LongestComment)
        {
            // Not between the two halves of a surrogate pair.
            int length = SurveyPage.LongestComment;
            comment = comment[..(char.IsHighSurrogate(comment[length - 1]) ? length - 1 : length)];
        }
        return comment.Length == 0 ? null : comment;
    }
}
