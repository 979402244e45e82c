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
    // Clock changes by an hour, half an hour and a day, in both directions; a year's end and a leap day.
    private static readonly (string Zone, LocalDate Centre)[] Places =
    [
        ("Europe/Madrid", new(2026, 3, 29)), ("Europe/Madrid", new(2026, 10, 25)), ("America/New_York", new(2026, 3, 8)),
        ("America/New_York", new(2026, 11, 1)), ("Australia/Lord_Howe", new(2026, 4, 5)), ("Australia/Lord_Howe", new(2026, 10, 4)),
        ("Asia/Beirut", new(2026, 3, 29)), ("Pacific/Apia", new(2011, 12, 30)), ("Asia/Kathmandu", new(2026, 12, 31)), ("UTC", new(2028, 2, 29)),
    ];

    private static readonly string[] Days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

    // Half of the times are near those at which clocks change.
    private static readonly Gen<string> Time =
        from quarter in Gen.OneOf(Gen.Choose(0, 95), Gen.Choose(0, 13))
        select $"{quarter / 4:00}:{quarter % 4 * 15:00}";

    private static readonly Gen<HoursInterval> Interval =
        from start in Time
        from end in Gen.Frequency((5, Time), (1, Gen.Constant("24:00")))
        select new HoursInterval(start, end);

    private static readonly Gen<HoursInterval[]> Intervals =
        from count in Gen.Frequency((2, Gen.Constant(0)), (4, Gen.Constant(1)), (2, Gen.Constant(2)))
        from intervals in Gen.ListOf(Interval, count)
        select WithoutOverlaps(intervals);

    private static readonly Gen<DayHours> Day =
        from hours in Intervals
        from zone in Gen.Frequency((5, Gen.Constant<string?>(null)), (1, Gen.Elements(Places).Select(place => (string?)place.Zone)))
        select new DayHours { Intervals = hours, TimeZone = zone };

    private static readonly Gen<(BusinessHoursSettings Settings, LocalDate Centre)> Cases =
        from place in Gen.Elements(Places)
        from week in Gen.ListOf(Day, 7)
        from offset in Gen.Choose(-2, 2)
        from special in Intervals
        from hasException in Gen.Elements(true, false)
        select (new BusinessHoursSettings
        {
            Enabled = true,
            TimeZone = place.Zone,
            Days = Days.Zip(week).ToDictionary(pair => pair.First, pair => pair.Second),
            Exceptions = hasException ? [new DatedHours { Date = $"{place.Centre.PlusDays(offset):uuuu-MM-dd}", Intervals = special }] : [],
        }, place.Centre);

    [Fact]
    public void Every_answer_agrees() =>
        Prop.ForAll(Cases.ToArbitrary(), test => Agrees(test.Settings, test.Centre)).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

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
