using LiveDesk.Domain.Languages;

namespace LiveDesk.Functions.Csat;

/// <summary>What the survey page says, in each of the desk's languages.</summary>
/// <param name="Tag">Of the language, for screen readers.</param>
/// <param name="Over">Nobody has answered in time, or there is no longer anything to answer.</param>
/// <param name="Locked">There is an answer, and it stands.</param>
/// <param name="Choose">No score was chosen.</param>
/// <param name="Later">It cannot be shown at this moment.</param>
/// <param name="Unknown">The link leads nowhere.</param>
internal sealed record SurveyWords(
    string Tag, string Title, string Question, string Worst, string Best, string Comment, string Send, string Thanks, string Over, string Locked,
    string Choose, string Later, string Unknown)
{
    public static SurveyWords In(DeskLanguage language) => language switch
    {
        DeskLanguage.Spanish => new(
            "es", "Su opinión", "¿Cómo ha sido nuestra atención?", "muy mala", "excelente", "Comentario (opcional)", "Enviar",
            "¡Gracias por su respuesta! Puede cambiarla mientras la encuesta siga abierta.", "Esta encuesta ya no admite respuestas.",
            "Ya tenemos su respuesta. Gracias; ya no se puede cambiar.", "Elija una puntuación del 1 al 5.",
            "Inténtelo de nuevo dentro de un momento.",
            "Este enlace no lleva a ninguna encuesta. Ábralo tal como está en el mensaje que recibió."),
        DeskLanguage.French => new(
            "fr", "Votre avis", "Comment évaluez-vous notre service ?", "très mauvais", "excellent", "Commentaire (facultatif)", "Envoyer",
            "Merci pour votre réponse ! Vous pouvez la modifier tant que l’enquête est ouverte.", "Cette enquête n’accepte plus de réponses.",
            "Nous avons bien votre réponse. Merci ; elle ne peut plus être modifiée.", "Choisissez une note de 1 à 5.",
            "Veuillez réessayer dans un instant.",
            "Ce lien ne mène à aucune enquête. Ouvrez-le tel qu’il figure dans le message reçu."),
        DeskLanguage.Thai => new(
            "th", "ความคิดเห็นของคุณ", "คุณพอใจกับบริการของเราเพียงใด", "แย่มาก", "ดีเยี่ยม", "ความคิดเห็น (ไม่บังคับ)", "ส่ง",
            "ขอบคุณสำหรับคำตอบ คุณแก้ไขได้จนกว่าแบบสอบถามจะปิด", "แบบสอบถามนี้ปิดรับคำตอบแล้ว", "เราได้รับคำตอบของคุณแล้ว ขอบคุณ คำตอบนี้แก้ไขไม่ได้อีก",
            "โปรดเลือกคะแนน 1 ถึง 5", "โปรดลองอีกครั้งในอีกสักครู่",
            "ลิงก์นี้ไม่ใช่แบบสอบถาม โปรดเปิดลิงก์ตามที่อยู่ในข้อความที่ได้รับ"),
        _ => new(
            "en", "Your opinion", "How was our service?", "very poor", "excellent", "Comment (optional)", "Send",
            "Thank you for your answer! You can change it while the survey is open.", "This survey takes no more answers.",
            "We have your answer, thank you. It can no longer be changed.", "Choose a score from 1 to 5.", "Please try again in a moment.",
            "This link leads to no survey. Open it just as it is in the message you received."),
    };
}
