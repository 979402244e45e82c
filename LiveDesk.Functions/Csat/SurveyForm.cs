using System.Collections.Specialized;
using System.Text;
using System.Web;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Csat;

/// <summary>An answer as JSON, the way in and the way out.</summary>
/// <param name="Score">1 to 5.</param>
/// <param name="Comment">Cut off behind 2,000 characters, as on the page.</param>
internal sealed record SurveyAnswerView(int Score, string? Comment = null);

/// <summary>What the survey page's form sends, or a program as JSON.</summary>
internal static class SurveyForm
{
    // The longest comment, with each character as six escaped bytes and more.
    private const int Largest = 64 * 1024;

    public static async Task<Result<SurveyAnswer>> ReadAsync(HttpRequestData request, CancellationToken cancellationToken)
    {
        if (!request.IsJson()) return await ReadFormAsync(request.Body, cancellationToken) is { } chosen ? chosen : NoScore;
        Result<SurveyAnswerView> body = await request.ReadJsonAsync<SurveyAnswerView>(cancellationToken);
        if (body.Refusal is { } malformed) return malformed;
        return body.Value.Score is >= 1 and <= 5 ? new SurveyAnswer(body.Value.Score, Comment(body.Value.Comment)) : NoScore;
    }

    private static Refusal NoScore => Refusal.Malformed("score", "1 to 5.");

    /// <returns>Null without a score from 1 to 5.</returns>
    private static async Task<SurveyAnswer?> ReadFormAsync(Stream form, CancellationToken cancellationToken)
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
