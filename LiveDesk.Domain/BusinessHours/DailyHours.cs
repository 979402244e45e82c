using NodaTime;

namespace LiveDesk.Domain.BusinessHours;

/// <summary>An interval in minutes of the wall clock since the midnight that begins its day.</summary>
/// <param name="From">0 to 1439.</param>
/// <param name="To">After <paramref name="From"/>; over 1440: on the next day. At the most 24 hours after <paramref name="From"/>.</param>
internal readonly record struct DailyHours(int From, int To)
{
    public const int MinutesPerDay = 1440;

    /// <summary>Reads <c>HH:mm</c>; <c>24:00</c> is a time, of which only the end of an interval may make use.</summary>
    public static bool TryReadTime(string? text, out int minutes)
    {
        minutes = 0;
        if (text is not [>= '0' and <= '9', >= '0' and <= '9', ':', >= '0' and <= '5', >= '0' and <= '9']) return false;

        minutes = ((((text[0] - '0') * 10) + text[1] - '0') * 60) + ((text[3] - '0') * 10) + text[4] - '0';
        return minutes <= MinutesPerDay;
    }

    public static bool TryRead(HoursInterval? interval, out DailyHours hours)
    {
        hours = default;
        if (!TryReadTime(interval?.From, out int from) || from == MinutesPerDay || !TryReadTime(interval?.To, out int to)) return false;

        hours = new DailyHours(from, to > from ? to : to + MinutesPerDay);
        return true;
    }

    public bool Overlaps(DailyHours other) => From < other.To && other.From < To;

    /// <summary>The time that these hours are on a given date; null if the clock skips all of it.</summary>
    public Interval? On(LocalDate date, DateTimeZone zone)
    {
        Instant start = At(date, From, zone), end = At(date, To, zone);
        return start < end ? new Interval(start, end) : null;
    }

    /// <summary>
    /// The first instant at which the wall clock has come to the time: where it jumps over it, the instant after the jump; where it
    /// shows it twice, the earlier one.
    /// </summary>
    private static Instant At(LocalDate date, int minutes, DateTimeZone zone)
    {
        LocalDateTime local = date.PlusDays(minutes / MinutesPerDay).AtMidnight().PlusMinutes(minutes % MinutesPerDay);
        return local.InZone(zone, FirstReached).ToInstant();
    }

    private static readonly NodaTime.TimeZones.ZoneLocalMappingResolver FirstReached = NodaTime.TimeZones.Resolvers.CreateMappingResolver(
        NodaTime.TimeZones.Resolvers.ReturnEarlier, NodaTime.TimeZones.Resolvers.ReturnStartOfIntervalAfter);
}
