using LiveDesk.Domain.BusinessHours;
using NodaTime;
using NodaTime.Text;

namespace LiveDesk.Tests.Domain.BusinessHours;

/// <summary>Writes schedules as short as one says them: <c>ScheduleOf.Madrid("saturday 22:00-06:00", "2026-12-25 closed")</c>.</summary>
internal static class ScheduleOf
{
    public static BusinessHoursSchedule Madrid(params string[] lines) => BusinessHoursSchedule.Create(Settings("Europe/Madrid", lines));

    public static BusinessHoursSchedule Zone(string zone, params string[] lines) => BusinessHoursSchedule.Create(Settings(zone, lines));

    public static BusinessHoursSettings Settings(string zone, params string[] lines)
    {
        var days = new Dictionary<string, DayHours>();
        var exceptions = new List<DatedHours>();
        foreach (string[] words in lines.Select(line => line.Split(' ')))
        {
            string? dayZone = words.FirstOrDefault(word => word.Contains('/', StringComparison.Ordinal));
            HoursInterval[] intervals = [.. words.Skip(1).Where(word => word.Contains(':', StringComparison.Ordinal)).Select(Interval)];
            if (char.IsDigit(words[0][0])) exceptions.Add(new DatedHours { Date = words[0], Intervals = intervals });
            else days[words[0]] = new DayHours { Intervals = intervals, TimeZone = dayZone };
        }

        return new BusinessHoursSettings { Enabled = true, TimeZone = zone, Days = days, Exceptions = exceptions };
    }

    public static Instant At(string utc) => InstantPattern.General.Parse(utc + "Z").GetValueOrThrow();

    private static HoursInterval Interval(string text) => new(text.Split('-')[0], text.Split('-')[1]);
}
