using LiveDesk.Domain.Languages;

namespace LiveDesk.Domain.Contacts;

/// <summary>
/// What a customer is answered to STOP, START or HELP. As the carriers ask: who is writing, what happens now, and how to undo it
/// (CTIA Messaging Principles and Best Practices, 5.1.2 and 5.1.3).
/// </summary>
public static class OptOutTexts
{
    /// <param name="sender">The channel's name: whom the customer has been hearing from.</param>
    /// <param name="language">The contact's language tag; null: English.</param>
    /// <exception cref="ArgumentOutOfRangeException">An ordinary message has no such answer.</exception>
    public static string For(OptOutKeyword keyword, string sender, string? language) => (keyword, DeskLanguages.For(language)) switch
    {
        (OptOutKeyword.Stop, DeskLanguage.Spanish) => $"{sender}: Se ha dado de baja y no recibirá más mensajes. Responda START para volver a recibirlos.",
        (OptOutKeyword.Stop, DeskLanguage.French) => $"{sender} : vous êtes désabonné et ne recevrez plus de messages. Répondez START pour en recevoir de nouveau.",
        (OptOutKeyword.Stop, DeskLanguage.Thai) => $"{sender}: คุณยกเลิกการรับข้อความแล้ว และจะไม่ได้รับข้อความอีก ตอบ START เพื่อรับข้อความอีกครั้ง",
        (OptOutKeyword.Stop, _) => $"{sender}: You are unsubscribed and will receive no more messages. Reply START to receive messages again.",

        (OptOutKeyword.Start, DeskLanguage.Spanish) => $"{sender}: Volverá a recibir nuestros mensajes. Responda STOP para darse de baja, HELP para obtener ayuda.",
        (OptOutKeyword.Start, DeskLanguage.French) => $"{sender} : vous recevrez de nouveau nos messages. Répondez STOP pour vous désabonner, HELP pour de l'aide.",
        (OptOutKeyword.Start, DeskLanguage.Thai) => $"{sender}: คุณจะได้รับข้อความจากเราอีกครั้ง ตอบ STOP เพื่อยกเลิก หรือ HELP เพื่อขอความช่วยเหลือ",
        (OptOutKeyword.Start, _) => $"{sender}: You will receive our messages again. Reply STOP to unsubscribe, HELP for help.",

        (OptOutKeyword.Help, DeskLanguage.Spanish) =>
            $"{sender}: Escríbanos aquí y le responderemos. Responda STOP para darse de baja. Pueden aplicarse tarifas de mensajes y datos.",
        (OptOutKeyword.Help, DeskLanguage.French) =>
            $"{sender} : écrivez-nous ici et nous vous répondrons. Répondez STOP pour vous désabonner. Des frais de messages et de données peuvent s'appliquer.",
        (OptOutKeyword.Help, DeskLanguage.Thai) => $"{sender}: เขียนถึงเราที่นี่แล้วเราจะตอบกลับ ตอบ STOP เพื่อยกเลิก อาจมีค่าบริการข้อความและข้อมูล",
        (OptOutKeyword.Help, _) => $"{sender}: Write to us here and we will answer. Reply STOP to unsubscribe. Message and data rates may apply.",

        _ => throw new ArgumentOutOfRangeException(nameof(keyword), keyword, "An ordinary message is answered by the desk."),
    };
}
