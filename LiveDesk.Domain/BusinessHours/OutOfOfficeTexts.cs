using LiveDesk.Domain.Languages;
using NodaTime;

namespace LiveDesk.Domain.BusinessHours;

/// <summary>What a customer is told who writes outside business hours.</summary>
public static class OutOfOfficeTexts
{
    /// <summary>Stands for the next opening, in the channel's zone and the contact's language. Empty if it never opens.</summary>
    public const string NextOpeningVariable = "{{nextOpening}}";

    /// <summary>The channel's own text, or the default one if that is empty or only white space.</summary>
    /// <param name="language">The contact's language tag; null: English.</param>
    /// <param name="now">When the customer wrote.</param>
    public static string Unavailable(string? ownText, string? language, BusinessHoursSchedule schedule, Instant now)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        DeskLanguage spoken = DeskLanguages.For(language);
        Instant? opening = schedule.NextOpening(now);
        string text = string.IsNullOrWhiteSpace(ownText) ? Default(spoken, opening is not null) : ownText;
        string said = opening is { } at ? SpokenTime.Say(spoken, at.InZone(schedule.Zone), now) : "";
        return text.Replace(NextOpeningVariable, said, StringComparison.OrdinalIgnoreCase);
    }

    private static string Default(DeskLanguage language, bool opensAgain) => (language, opensAgain) switch
    {
        (DeskLanguage.Spanish, true) => "Gracias por su mensaje. Ahora estamos fuera de horario; le responderemos a partir del {{nextOpening}}.",
        (DeskLanguage.Spanish, false) => "Gracias por su mensaje. Ahora estamos fuera de horario; le responderemos lo antes posible.",
        (DeskLanguage.French, true) => "Merci pour votre message. Nous sommes fermés en ce moment ; nous vous répondrons à partir du {{nextOpening}}.",
        (DeskLanguage.French, false) => "Merci pour votre message. Nous sommes fermés en ce moment ; nous vous répondrons dès que possible.",
        (DeskLanguage.Thai, true) => "ขอบคุณสำหรับข้อความของคุณ ขณะนี้อยู่นอกเวลาทำการ เราจะตอบกลับตั้งแต่{{nextOpening}}",
        (DeskLanguage.Thai, false) => "ขอบคุณสำหรับข้อความของคุณ ขณะนี้อยู่นอกเวลาทำการ เราจะตอบกลับโดยเร็วที่สุด",
        (_, true) => "Thank you for your message. We are closed at the moment and will reply from {{nextOpening}}.",
        (_, false) => "Thank you for your message. We are closed at the moment and will reply as soon as we can.",
    };
}
