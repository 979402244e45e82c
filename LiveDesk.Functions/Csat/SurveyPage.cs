using System.Globalization;
using System.Net;
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

    /// <summary>No score was chosen.</summary>
    Incomplete,
}

/// <summary>The survey as plain HTML: no script, no file from elsewhere; labels, a legend and a status that is read aloud.</summary>
internal static class SurveyPage
{
    public const int LongestComment = 2_000;

    public static string Render(SurveyPageState state, string? language, string? question, SurveyAnswer? answer)
    {
        Words words = Words.In(DeskLanguages.For(language));
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
        if (state != SurveyPageState.Asking)
            html.Append(CultureInfo.InvariantCulture, $"<p role=\"status\">{(state switch
            {
                SurveyPageState.Answered => words.Thanks,
                SurveyPageState.Over => words.Over,
                _ => words.Choose,
            })}</p>\n");
        if (state != SurveyPageState.Over) AppendForm(html, words, question, answer);
        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void AppendForm(StringBuilder html, Words words, string? question, SurveyAnswer? answer)
    {
        html.Append(CultureInfo.InvariantCulture, $"""
            <form method="post">
            <fieldset>
            <legend>{WebUtility.HtmlEncode(question ?? words.Question)}</legend>

            """);
        for (int score = 1; score <= 5; score++)
        {
            string check = answer?.Score == score ? " checked" : "";
            string meaning = score switch { 1 => $" – {words.Worst}", 5 => $" – {words.Best}", _ => "" };
            html.Append(CultureInfo.InvariantCulture,
                $"<label><input type=\"radio\" name=\"score\" value=\"{score}\" required{check}> {score}{meaning}</label>\n");
        }
        html.Append(CultureInfo.InvariantCulture, $"""
            </fieldset>
            <label for="comment">{words.Comment}</label>
            <textarea id="comment" name="comment" rows="4" maxlength="{LongestComment}">{WebUtility.HtmlEncode(answer?.Comment)}</textarea>
            <button type="submit">{words.Send}</button>
            </form>

            """);
    }

    private const string Style = """
        body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;color:#1a1a1a;background:#fff}
        main{max-width:32rem;margin:2rem auto;padding:0 1rem}
        fieldset{border:1px solid #767676;border-radius:.4rem;margin:0 0 1rem}
        label{display:block;padding:.4rem 0}
        textarea{width:100%;box-sizing:border-box;font:inherit}
        button{font:inherit;margin-top:1rem;padding:.6rem 1.4rem;background:#0b5394;color:#fff;border:0;border-radius:.4rem}
        :focus-visible{outline:3px solid #b45f06;outline-offset:2px}
        """;

    private sealed record Words(
        string Tag, string Title, string Question, string Worst, string Best, string Comment, string Send, string Thanks, string Over, string Choose)
    {
        public static Words In(DeskLanguage language) => language switch
        {
            DeskLanguage.Spanish => new(
                "es", "Su opinión", "¿Cómo ha sido nuestra atención?", "muy mala", "excelente", "Comentario (opcional)", "Enviar",
                "¡Gracias por su respuesta! Puede cambiarla mientras la encuesta siga abierta.", "Esta encuesta ya no admite respuestas.",
                "Elija una puntuación del 1 al 5."),
            DeskLanguage.French => new(
                "fr", "Votre avis", "Comment évaluez-vous notre service ?", "très mauvais", "excellent", "Commentaire (facultatif)", "Envoyer",
                "Merci pour votre réponse ! Vous pouvez la modifier tant que l’enquête est ouverte.", "Cette enquête n’accepte plus de réponses.",
                "Choisissez une note de 1 à 5."),
            DeskLanguage.Thai => new(
                "th", "ความคิดเห็นของคุณ", "คุณพอใจกับบริการของเราเพียงใด", "แย่มาก", "ดีเยี่ยม", "ความคิดเห็น (ไม่บังคับ)", "ส่ง",
                "ขอบคุณสำหรับคำตอบ คุณแก้ไขได้จนกว่าแบบสอบถามจะปิด", "แบบสอบถามนี้ปิดรับคำตอบแล้ว", "โปรดเลือกคะแนน 1 ถึง 5"),
            _ => new(
                "en", "Your opinion", "How was our service?", "very poor", "excellent", "Comment (optional)", "Send",
                "Thank you for your answer! You can change it while the survey is open.", "This survey takes no more answers.",
                "Choose a score from 1 to 5."),
        };
    }
}
