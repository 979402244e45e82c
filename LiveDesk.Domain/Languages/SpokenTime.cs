using System.Globalization;
using NodaTime;

namespace LiveDesk.Domain.Languages;

/// <summary>
/// A time as people write it to each other: weekday, day, month and hour, and the year only if it is another than the present one.
/// The names stand here because the app runs without the machine's cultures.
/// </summary>
public static class SpokenTime
{
    private const int BuddhistEra = 543;

    private static readonly string[] EnglishDays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    private static readonly string[] SpanishDays = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"];
    private static readonly string[] FrenchDays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"];
    private static readonly string[] ThaiDays = ["วันจันทร์", "วันอังคาร", "วันพุธ", "วันพฤหัสบดี", "วันศุกร์", "วันเสาร์", "วันอาทิตย์"];

    private static readonly string[] EnglishMonths =
        ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

    private static readonly string[] SpanishMonths =
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"];

    private static readonly string[] FrenchMonths =
        ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

    private static readonly string[] ThaiMonths =
        ["มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม"];

    /// <param name="time">What to say, on the clock of the place it is meant for.</param>
    /// <param name="now">When it is said; decides about the year alone.</param>
    public static string Say(DeskLanguage language, ZonedDateTime time, Instant now)
    {
        int day = (int)time.DayOfWeek - 1, month = time.Month - 1;
        bool otherYear = now.InZone(time.Zone).Year != time.Year;
        string year = Number(language == DeskLanguage.Thai ? time.Year + BuddhistEra : time.Year);
        return language switch
        {
            DeskLanguage.Spanish =>
                $"{SpanishDays[day]} {Number(time.Day)} de {SpanishMonths[month]}{(otherYear ? " de " + year : "")} "
                + $"{(time.Hour == 1 ? "a la" : "a las")} {Number(time.Hour)}:{Minutes(time)}",
            DeskLanguage.French =>
                $"{FrenchDays[day]} {(time.Day == 1 ? "1er" : Number(time.Day))} {FrenchMonths[month]}{(otherYear ? " " + year : "")} "
                + $"à {Number(time.Hour)} h{(time.Minute == 0 ? "" : " " + Minutes(time))}",
            DeskLanguage.Thai =>
                $"{ThaiDays[day]}ที่ {Number(time.Day)} {ThaiMonths[month]}{(otherYear ? " " + year : "")} "
                + $"เวลา {time.Hour.ToString("00", CultureInfo.InvariantCulture)}.{Minutes(time)} น.",
            _ =>
                $"{EnglishDays[day]}, {EnglishMonths[month]} {Number(time.Day)}{(otherYear ? ", " + year : "")} "
                + $"at {Number(time.ClockHourOfHalfDay)}:{Minutes(time)} {(time.Hour < 12 ? "AM" : "PM")}",
        };
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Minutes(ZonedDateTime time) => time.Minute.ToString("00", CultureInfo.InvariantCulture);
}
