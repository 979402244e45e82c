using System.Globalization;

namespace LiveDesk.Local;

/// <summary>
/// NCRONTAB in UTC: [second] minute hour day month weekday, each a list of *, a, a-b, a/n, a-b/n or */n; months and weekdays also by name.
/// As in NCRONTAB, and unlike in Unix cron, a day must satisfy both the day and the weekday field.
/// </summary>
internal sealed class CronSchedule : Schedule
{
    private static readonly string[] Months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
    private static readonly string[] Weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>29 February of a given weekday comes back within 40 years.</summary>
    private const int FarthestYears = 41;

    private readonly bool[] _seconds, _minutes, _hours, _days, _months, _weekdays;

    private CronSchedule(string[] fields)
    {
        _seconds = Field(fields[0], "second", 0, 59, []);
        _minutes = Field(fields[1], "minute", 0, 59, []);
        _hours = Field(fields[2], "hour", 0, 23, []);
        _days = Field(fields[3], "day", 1, 31, []);
        _months = Field(fields[4], "month", 1, 12, Months);
        _weekdays = Field(fields[5], "weekday", 0, 6, Weekdays);
    }

    /// <summary>Throws a FormatException that says what is wrong.</summary>
    public static CronSchedule ParseCron(string text)
    {
        string[] fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return fields.Length switch
        {
            5 => new CronSchedule(["0", .. fields]),
            6 => new CronSchedule(fields),
            _ => throw new FormatException($"'{text}' has {fields.Length} fields, not 5 or 6"),
        };
    }

    public override DateTimeOffset? Next(DateTimeOffset after)
    {
        DateTime start = after.UtcDateTime;
        start = start.AddTicks(TimeSpan.TicksPerSecond - (start.Ticks % TimeSpan.TicksPerSecond));
        DateTime last = start.Year + FarthestYears < 9999 ? start.AddYears(FarthestYears) : DateTime.MaxValue;
        for (DateTime day = start.Date; day < last; day = day.AddDays(1))
        {
            if (_months[day.Month] && _days[day.Day] && _weekdays[(int)day.DayOfWeek]
                && FirstOn(day == start.Date ? start.TimeOfDay : TimeSpan.Zero) is { } time)
                return new DateTimeOffset(day + time, TimeSpan.Zero);
        }
        return null;
    }

    /// <summary>The first time of day that is not before this one.</summary>
    private TimeSpan? FirstOn(TimeSpan earliest)
    {
        for (int hour = earliest.Hours; hour < 24; hour++)
        {
            if (!_hours[hour])
                continue;
            for (int minute = hour == earliest.Hours ? earliest.Minutes : 0; minute < 60; minute++)
            {
                bool sameMinute = hour == earliest.Hours && minute == earliest.Minutes;
                int second = _minutes[minute] ? Array.IndexOf(_seconds, true, sameMinute ? earliest.Seconds : 0) : -1;
                if (second >= 0)
                    return new TimeSpan(hour, minute, second);
            }
        }
        return null;
    }

    /// <summary>Which values a field allows, by the value itself.</summary>
    private static bool[] Field(string text, string name, int least, int most, string[] names)
    {
        var allowed = new bool[most + 1];
        foreach (string part in text.Split(','))
        {
            string[] stepped = part.Split('/');
            string[] range = stepped[0].Split('-');
            int step = stepped.Length == 1 ? 1 : Value(stepped[1], name, 1, most, []);
            bool all = stepped[0] is "*" or "?";
            int from = all ? least : Value(range[0], name, least, most, names);
            int to = all || (range.Length == 1 && stepped.Length == 2) ? most : Value(range[^1], name, least, most, names);
            if (stepped.Length > 2 || range.Length > 2 || from > to)
                throw new FormatException($"the {name} field cannot be '{part}'");
            for (int value = from; value <= to; value += step)
                allowed[value] = true;
        }
        return allowed;
    }

    private static int Value(string text, string name, int least, int most, string[] names)
    {
        int named = Array.FindIndex(names, known => text.StartsWith(known, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
            return named + least;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) && value >= least && value <= most
            ? value
            : throw new FormatException($"the {name} field cannot have '{text}', only {least} to {most}");
    }
}
