using System.Globalization;

namespace LiveDesk.Local;

/// <summary>When a timer function runs.</summary>
internal abstract class Schedule
{
    /// <summary>The first run after an instant; null if there is none.</summary>
    public abstract DateTimeOffset? Next(DateTimeOffset after);

    /// <summary>A TimeSpan, or NCRONTAB of five or six fields.</summary>
    public static Schedule Parse(string text) =>
        text.Contains(' ', StringComparison.Ordinal) ? CronSchedule.ParseCron(text)
        : TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out TimeSpan interval) && interval > TimeSpan.Zero ? new IntervalSchedule(interval)
        : throw new FormatException($"'{text}' is neither a NCRONTAB expression nor a time span");

    /// <summary>Whether two runs ever follow each other within a minute, as far as the next ones tell.</summary>
    public bool IsFast(DateTimeOffset now)
    {
        DateTimeOffset? earlier = Next(now);
        for (int i = 0; i < 10 && earlier is not null; i++)
        {
            DateTimeOffset? later = Next(earlier.Value);
            if (later - earlier < TimeSpan.FromMinutes(1))
                return true;
            earlier = later;
        }
        return false;
    }

    private sealed class IntervalSchedule(TimeSpan interval) : Schedule
    {
        public override DateTimeOffset? Next(DateTimeOffset after) => after + interval;
    }
}
