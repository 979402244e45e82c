using LiveDesk.Domain.Languages;

namespace LiveDesk.Domain.Csat;

/// <summary>What the satisfaction survey says, where the channel has no text of its own.</summary>
public static class SurveyTexts
{
    /// <summary>Stands for the address of the survey's page.</summary>
    public const string LinkVariable = "{{link}}";

    /// <summary>The question, with the link in it: in place of <see cref="LinkVariable"/>, or on a line of its own at the end.</summary>
    /// <param name="ownText">The channel's own; null or white space: the default.</param>
    public static string Question(string? ownText, string? language, Uri link)
    {
        ArgumentNullException.ThrowIfNull(link);
        string text = OrDefault(ownText, language,
            "How was our service? Reply with a number from 1 (very poor) to 5 (excellent), and a comment if you like.",
            "¿Cómo ha sido nuestra atención? Responda con un número del 1 (muy mala) al 5 (excelente) y, si lo desea, un comentario.",
            "Comment évaluez-vous notre service ? Répondez par un chiffre de 1 (très mauvais) à 5 (excellent), et un commentaire au besoin.",
            "คุณพอใจกับบริการของเราเพียงใด ตอบด้วยตัวเลข 1 (แย่มาก) ถึง 5 (ดีเยี่ยม) และแสดงความคิดเห็นได้");
        return text.Contains(LinkVariable, StringComparison.OrdinalIgnoreCase)
            ? text.Replace(LinkVariable, link.AbsoluteUri, StringComparison.OrdinalIgnoreCase)
            : $"{text}\n{link.AbsoluteUri}";
    }

    public static string Thanks(string? ownText, string? language) => OrDefault(ownText, language,
        "Thank you for your answer!", "¡Gracias por su respuesta!", "Merci pour votre réponse !", "ขอบคุณสำหรับคำตอบ");

    /// <summary>Comes before the question when it is asked the second time.</summary>
    public static string Reminder(string? language) => OrDefault(null, language,
        "A short reminder: your opinion helps us.",
        "Un breve recordatorio: su opinión nos ayuda.",
        "Un petit rappel : votre avis nous aide.",
        "ขอเตือนสั้น ๆ ความคิดเห็นของคุณช่วยให้เราพัฒนา");

    private static string OrDefault(string? ownText, string? language, string english, string spanish, string french, string thai) =>
        !string.IsNullOrWhiteSpace(ownText) ? ownText : DeskLanguages.For(language) switch
        {
            DeskLanguage.Spanish => spanish,
            DeskLanguage.French => french,
            DeskLanguage.Thai => thai,
            _ => english,
        };
}
