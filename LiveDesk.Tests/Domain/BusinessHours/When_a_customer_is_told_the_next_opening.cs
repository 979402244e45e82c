using LiveDesk.Domain.BusinessHours;
using LiveDesk.Domain.Languages;
using NodaTime;
using static LiveDesk.Tests.Domain.BusinessHours.ScheduleOf;

namespace LiveDesk.Tests.Domain.BusinessHours;

public class When_a_customer_is_told_the_next_opening
{
    private static readonly BusinessHoursSchedule Schedule = Madrid("monday 09:00-17:00", "friday 13:05-14:00");

    [Theory]
    [InlineData(null, "Monday, March 30 at 9:00 AM")]
    [InlineData("en-GB", "Monday, March 30 at 9:00 AM")]
    [InlineData("de", "Monday, March 30 at 9:00 AM")]
    [InlineData("es", "lunes 30 de marzo a las 9:00")]
    [InlineData("es_MX", "lunes 30 de marzo a las 9:00")]
    [InlineData("FR-ca", "lundi 30 mars à 9 h")]
    [InlineData("th-TH", "วันจันทร์ที่ 30 มีนาคม เวลา 09.00 น.")]
    public void It_is_in_the_contacts_language_and_the_channels_zone(string? language, string said) =>
        Assert.Equal($"<{said}>", OutOfOfficeTexts.Unavailable("<{{nextOpening}}>", language, Schedule, At("2026-03-28T12:00:00")));

    [Theory]
    [InlineData("en", "Friday, January 1, 2027 at 1:05 PM")]
    [InlineData("es", "viernes 1 de enero de 2027 a las 13:05")]
    [InlineData("fr", "vendredi 1er janvier 2027 à 13 h 05")]
    [InlineData("th", "วันศุกร์ที่ 1 มกราคม 2570 เวลา 13.05 น.")]
    public void The_year_is_said_when_it_is_another(string language, string said) =>
        Assert.Equal(said, OutOfOfficeTexts.Unavailable("{{nextOpening}}", language, Schedule, At("2026-12-30T12:00:00")));

    [Theory]
    [InlineData(0, 30, "Monday, November 23 at 12:30 AM", "lunes 23 de noviembre a las 0:30")]
    [InlineData(1, 0, "Monday, November 23 at 1:00 AM", "lunes 23 de noviembre a la 1:00")]
    [InlineData(12, 0, "Monday, November 23 at 12:00 PM", "lunes 23 de noviembre a las 12:00")]
    [InlineData(23, 59, "Monday, November 23 at 11:59 PM", "lunes 23 de noviembre a las 23:59")]
    public void Hours_are_written_as_people_do(int hour, int minute, string english, string spanish)
    {
        ZonedDateTime time = new LocalDateTime(2026, 11, 23, hour, minute).InUtc();
        Assert.Equal(english, SpokenTime.Say(DeskLanguage.English, time, time.ToInstant()));
        Assert.Equal(spanish, SpokenTime.Say(DeskLanguage.Spanish, time, time.ToInstant()));
    }

    [Theory]
    [InlineData(null, "Thank you for your message. We are closed at the moment and will reply from Monday, March 30 at 9:00 AM.")]
    [InlineData("es", "Gracias por su mensaje. Ahora estamos fuera de horario; le responderemos a partir del lunes 30 de marzo a las 9:00.")]
    [InlineData("fr", "Merci pour votre message. Nous sommes fermés en ce moment ; nous vous répondrons à partir du lundi 30 mars à 9 h.")]
    [InlineData("th", "ขอบคุณสำหรับข้อความของคุณ ขณะนี้อยู่นอกเวลาทำการ เราจะตอบกลับตั้งแต่วันจันทร์ที่ 30 มีนาคม เวลา 09.00 น.")]
    public void A_channel_without_a_text_has_a_default(string? language, string expected) =>
        Assert.Equal(expected, OutOfOfficeTexts.Unavailable("  ", language, Schedule, At("2026-03-28T12:00:00")));

    [Theory]
    [InlineData("en")]
    [InlineData("es")]
    [InlineData("fr")]
    [InlineData("th")]
    public void A_channel_that_never_opens_promises_no_time(string language)
    {
        BusinessHoursSchedule never = Madrid();
        string text = OutOfOfficeTexts.Unavailable(null, language, never, At("2026-03-28T12:00:00"));
        Assert.NotEmpty(text);
        Assert.DoesNotContain("{{", text, StringComparison.Ordinal);
        Assert.DoesNotContain("  ", text, StringComparison.Ordinal);
        Assert.Equal("back: .", OutOfOfficeTexts.Unavailable("back: {{nextOpening}}.", language, never, At("2026-03-28T12:00:00")));
    }

    [Fact]
    public void A_text_without_the_variable_is_sent_as_it_is() =>
        Assert.Equal("Cerrado {{hoy}}", OutOfOfficeTexts.Unavailable("Cerrado {{hoy}}", "es", Schedule, At("2026-03-28T12:00:00")));
}
