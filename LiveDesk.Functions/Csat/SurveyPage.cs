using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using LiveDesk.Domain.Csat;
using LiveDesk.Domain.Languages;

namespace LiveDesk.Functions.Csat;

/// <summary>What is on the page at the moment.</summary>
internal enum SurveyPageState
{
    Asking,
    Answered,

    /// <summary>Too late.</summary>
    Over,

    /// <summary>There is an answer, which stands.</summary>
    Locked,

    /// <summary>No score was chosen.</summary>
    Incomplete,

    /// <summary>Not at this moment.</summary>
    Later,

    /// <summary>The link is not one of ours, or what it led to is gone.</summary>
    Unknown,
}

/// <summary>
/// The survey as plain HTML: no script, no file from elsewhere; native controls with labels and a legend, a status that is read aloud, in light and in
/// dark, from 320 pixels on.
/// </summary>
internal static class SurveyPage
{
    public const int LongestComment = 2_000;

    private static readonly string Style = """
        :root{color-scheme:light dark;--ink:#1d2433;--soft:#5a6375;--page:#eef1f6;--card:#fff;--line:#8a93a5;--key:#0b57a4;--chosen:#e3efff;--on-key:#fff}
        @media (prefers-color-scheme:dark){
        :root{--ink:#eceff6;--soft:#b3bccd;--page:#10141d;--card:#1b212d;--line:#79839a;--key:#8cc2ff;--chosen:#20344f;--on-key:#0c1524}}
        *{box-sizing:border-box}
        body{font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Thai",sans-serif;margin:0;color:var(--ink);background:var(--page)}
        main{max-width:34rem;margin:clamp(0rem,6vh,4rem) auto;padding:clamp(1.1rem,5vw,2.2rem);background:var(--card);border-radius:1rem}
        h1{font-size:1.5rem;line-height:1.25;margin:0 0 1rem}
        p{margin:0 0 1.25rem;padding:.75rem 1rem;border-left:.3rem solid var(--key);background:var(--chosen);border-radius:.3rem}
        main>p:last-child{margin-bottom:0}
        fieldset{border:0;margin:0 0 1.25rem;padding:0;min-width:0}
        legend{padding:0;margin-bottom:.75rem;font-weight:600;overflow-wrap:anywhere;white-space:pre-line}
        .scores{display:grid;grid-template-columns:repeat(5,1fr);gap:.4rem}
        .scores label{display:flex;flex-direction:column;align-items:center;gap:.2rem;min-height:5.6rem;padding:.7rem .1rem .4rem;border:1px solid var(--line);
        border-radius:.6rem;cursor:pointer;text-align:center}
        .scores label:hover{border-color:var(--key)}
        .scores label:has(:checked){background:var(--chosen);border-color:var(--key);box-shadow:inset 0 0 0 1px var(--key)}
        .scores label:has(:focus-visible){outline:3px solid var(--key);outline-offset:2px}
        input{width:1.25rem;height:1.25rem;margin:0;accent-color:var(--key)}
        b{font-size:1.25rem;line-height:1.3}
        small{font-size:.8rem;line-height:1.2;color:var(--soft)}
        .comment{display:block;margin-bottom:.4rem;font-weight:600}
        textarea{display:block;width:100%;font:inherit;color:inherit;background:var(--card);padding:.6rem .75rem;border:1px solid var(--line);border-radius:.6rem}
        button{font:inherit;font-weight:600;margin-top:1.25rem;min-height:2.9rem;padding:.5rem 1.8rem;background:var(--key);color:var(--on-key);border:0;
        border-radius:.6rem;cursor:pointer}
        textarea:focus-visible,button:focus-visible{outline:3px solid var(--key);outline-offset:2px}
        @media (max-width:30rem){main{margin:0;border-radius:0;min-height:100vh}button{width:100%}}
        """.ReplaceLineEndings("\n");

    /// <summary>The page's own style and nothing else: no script, picture or font, no other site's frame, no form to anywhere else.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)))}'; form-action 'self'; " +
        "frame-ancestors 'none'; base-uri 'none'";

    public static string Render(SurveyPageState state, DeskLanguage language, string? question, SurveyAnswer? answer)
    {
        var words = SurveyWords.In(language);
        var html = new StringBuilder();
        html.Append(CultureInfo.InvariantCulture, $"""
            <!doctype html>
            <html lang="{words.Tag}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <title>{words.Title}</title>
            <style>{Style}</style>
            </head>
            <body>
            <main>
            <h1>{words.Title}</h1>

            """);
        (string role, string? said) = state switch
        {
            SurveyPageState.Answered => ("status", words.Thanks),
            SurveyPageState.Over => ("status", words.Over),
            SurveyPageState.Locked => ("status", words.Locked),
            SurveyPageState.Later => ("status", words.Later),
            SurveyPageState.Unknown => ("status", words.Unknown),
            SurveyPageState.Incomplete => ("alert", words.Choose),
            _ => ("", null),
        };
        if (said is not null) html.Append(CultureInfo.InvariantCulture, $"<p role=\"{role}\">{said}</p>\n");
        if (state is SurveyPageState.Asking or SurveyPageState.Answered or SurveyPageState.Incomplete) AppendForm(html, words, question, answer);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void AppendForm(StringBuilder html, SurveyWords words, string? question, SurveyAnswer? answer)
    {
        string asked = string.IsNullOrWhiteSpace(question) ? words.Question : question;
        html.Append(CultureInfo.InvariantCulture, $"""
            <form method="post">
            <fieldset>
            <legend>{WebUtility.HtmlEncode(asked)}</legend>
            <div class="scores">

            """);
        for (int score = 1; score <= 5; score++)
        {
            string check = answer?.Score == score ? " checked" : "";
            string meaning = score switch { 1 => $" <small>{words.Worst}</small>", 5 => $" <small>{words.Best}</small>", _ => "" };
            html.Append(CultureInfo.InvariantCulture,
                $"<label><input type=\"radio\" name=\"score\" value=\"{score}\" required{check}> <b>{score}</b>{meaning}</label>\n");
        }
        html.Append(CultureInfo.InvariantCulture, $"""
            </div>
            </fieldset>
            <label class="comment" for="comment">{words.Comment}</label>
            <textarea id="comment" name="comment" rows="4" maxlength="{LongestComment}">{WebUtility.HtmlEncode(answer?.Comment)}</textarea>
            <button type="submit">{words.Send}</button>
            </form>

            """);
    }
}
