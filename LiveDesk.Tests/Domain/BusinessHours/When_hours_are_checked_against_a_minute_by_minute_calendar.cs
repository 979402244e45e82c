using FsCheck;
using FsCheck.Fluent;
using LiveDesk.Domain.BusinessHours;
using NodaTime;

namespace LiveDesk.Tests.Domain.BusinessHours;

/// <summary>
/// The oracle reads the wall clock at each minute. An interval is open from the first minute at which the clock has come to its start
/// until the first at which it has come to its end.
/// </summary>
public class When_hours_are_checked_against_a_minute_by_minute_calendar
{
    private static readonly string[] Zones =
        ["UTC", "Europe/Madrid", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia", "Asia/Beirut"];

    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    // Around the clock changes of those zones, a year's end and a leap day.
    private static readonly LocalDate[] Centres =
        [new(2026, 3, 29), new(2026, 10, 25), new(2026, 3, 8), new(2026, 11, 1), new(2026, 4, 5), new(2026, 10, 4), new(2026, 12, 31), new(2028, 2, 29), new(2011, 12, 30)];

    private static readonly Gen<string> Time =
        from quarter in Gen.Choose(0, 95)
        select $"{quarter / 4:00}:{quarter % 4 * 15:00}";

    private static readonly Gen<HoursInterval[]> Intervals =
        from count in Gen.Frequency((2, Gen.Constant(0)), (4, Gen.Constant(1)), (2, Gen.Constant(2)))
        from intervals in Gen.ListOf(from start in Time from end in Gen.Frequency((5, Time), (1, Gen.Constant("24:00"))) select new HoursInterval(start, end), count)
        select WithoutOverlaps(intervals);

    private static readonly Gen<(BusinessHoursSettings Settings, LocalDate Centre)> Cases =
        from zone in Gen.Elements(Zones)
        from centre in Gen.Elements(Centres)
        from week in Gen.ListOf(from day in Intervals from own in Gen.Frequency((5, Gen.Constant<string?>(null)), (1, Gen.Elements<string?>(Zones))) select new DayHours { Intervals = day, TimeZone = own }, 7)
        from offset in Gen.Choose(-2, 2)
        from special in Intervals
        from hasException in Gen.Elements(true, false)
        select (new BusinessHoursSettings
        {
            Enabled = true,
            TimeZone = zone,
            Days = Days.Zip(week).ToDictionary(pair => pair.First, pair => pair.Second),
            Exceptions = hasException ? [new DatedHours { Date = $"{centre.PlusDays(offset):uuuu-MM-dd}", Intervals = special }] : [],
        }, centre);

    [Fact]
    public void Every_answer_agrees() =>
        Prop.ForAll(Cases.ToArbitrary(), test => Agrees(test.Settings, test.Centre)).Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static void Agrees(BusinessHoursSettings settings, LocalDate centre)
    {
        BusinessHoursSchedule schedule = BusinessHoursSchedule.Create(settings);
        var calendar = new MinuteCalendar(settings, centre);
        int first = MinuteCalendar.Margin, last = calendar.Minutes - MinuteCalendar.Margin, openMinutes = 0;
        string? closedId = null;
        for (int minute = first; minute < last; minute++)
        {
            Instant at = calendar.At(minute);
            bool open = calendar.IsOpen(minute);
            Assert.Equal(open, schedule.IsOpen(at));
            Assert.Equal(open, schedule.IsOpen(at + Duration.FromSeconds(59)));
            openMinutes += open ? 1 : 0;
            if (minute % 37 != 0 && open == calendar.IsOpen(minute - 1)) continue;

            string? id = schedule.ClosedPeriodId(at);
            Assert.Equal(open, id is null);
            if (!open && minute > first && !calendar.IsOpen(minute - 1) && closedId is not null) Assert.Equal(closedId, id);
            closedId = id;
            if (calendar.NextOpen(minute) is { } next) Assert.Equal(next, schedule.NextOpening(at));
        }

        Assert.Equal(Duration.FromMinutes(openMinutes), schedule.OpenDuration(calendar.At(first), calendar.At(last)));
    }

    private static HoursInterval[] WithoutOverlaps(IEnumerable<HoursInterval> intervals)
    {
        var kept = new List<HoursInterval>();
        foreach (HoursInterval interval in intervals)
        {
            var settings = new BusinessHoursSettings { Days = new Dictionary<string, DayHours> { ["monday"] = new() { Intervals = [.. kept, interval] } } };
            if (BusinessHoursValidation.Validate(settings).Count == 0) kept.Add(interval);
        }

        return [.. kept];
    }
}
