using LiveDesk.Domain.BusinessHours;
using NodaTime;
using NodaTime.Text;

namespace LiveDesk.Tests.Domain.BusinessHours;

/// <summary>Business hours worked out by looking at the clock every minute for eleven days.</summary>
internal sealed class MinuteCalendar
{
    /// <summary>Minutes at both ends that are not complete: hours may come in from days that were not looked at.</summary>
    public const int Margin = 4 * 1440;

    private readonly Instant _start;
    private readonly bool[] _open;

    public MinuteCalendar(BusinessHoursSettings settings, LocalDate centre)
    {
        LocalDate first = centre.PlusDays(-5), last = centre.PlusDays(5);
        _start = first.AtMidnight().InUtc().ToInstant();
        _open = new bool[11 * 1440];
        var clocks = new Dictionary<string, LocalDateTime[]>();
        for (LocalDate date = first; date <= last; date = date.PlusDays(1))
        {
            DayHours day = settings.Days[$"{date:dddd}".ToLowerInvariant()];
            string zone = day.TimeZone ?? settings.TimeZone;
            if (!clocks.TryGetValue(zone, out LocalDateTime[]? clock)) clocks[zone] = clock = ReadClock(zone);
            DatedHours? exception = settings.Exceptions.FirstOrDefault(e => e.Date == $"{date:uuuu-MM-dd}");
            foreach (HoursInterval interval in exception?.Intervals ?? day.Intervals) Mark(clock, date, interval);
        }
    }

    public int Minutes => _open.Length;

    public Instant At(int minute) => _start + Duration.FromMinutes(minute);

    public bool IsOpen(int minute) => _open[minute];

    /// <summary>Null: not in the part of the calendar that is complete.</summary>
    public Instant? NextOpen(int minute)
    {
        int next = Array.IndexOf(_open, true, minute);
        return next >= 0 && next < Minutes - Margin ? At(next) : null;
    }

    private LocalDateTime[] ReadClock(string zone) =>
        [.. Enumerable.Range(0, Minutes).Select(minute => At(minute).InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime)];

    private void Mark(LocalDateTime[] clock, LocalDate date, HoursInterval interval)
    {
        LocalDateTime from = Read(date, interval.From), to = Read(date, interval.To);
        if (to <= from) to = to.PlusDays(1);
        int start = Array.FindIndex(clock, time => time >= from), end = Array.FindIndex(clock, time => time >= to);
        if (start < 0) return;
        for (int minute = start; minute < (end < 0 ? Minutes : end); minute++) _open[minute] = true;
    }

    private static LocalDateTime Read(LocalDate date, string time) =>
        time == "24:00" ? date.PlusDays(1).AtMidnight() : date + LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Value;
}
