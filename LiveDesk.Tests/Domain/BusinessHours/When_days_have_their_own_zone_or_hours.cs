using LiveDesk.Domain.BusinessHours;
using NodaTime;
using static LiveDesk.Tests.Domain.BusinessHours.ScheduleOf;

namespace LiveDesk.Tests.Domain.BusinessHours;

public class When_days_have_their_own_zone_or_hours
{
    [Fact]
    public void Each_day_keeps_the_clock_of_its_zone()
    {
        BusinessHoursSchedule schedule = Madrid("monday 09:00-17:00", "tuesday America/New_York 09:00-17:00");
        Assert.Equal(At("2026-11-23T08:00:00"), schedule.NextOpening(At("2026-11-22T00:00:00")));
        Assert.Equal(At("2026-11-24T14:00:00"), schedule.NextOpening(At("2026-11-23T16:00:00")));
        Assert.Equal("Europe/Madrid", schedule.Zone.Id);
    }

    [Fact]
    public void A_later_date_may_open_earlier()
    {
        // Monday in Honolulu begins 24 hours after Monday on Kiritimati, so Tuesday there comes first.
        BusinessHoursSchedule schedule = Zone("UTC", "monday Pacific/Honolulu 12:00-13:00", "tuesday Pacific/Kiritimati 09:00-10:00");
        Assert.Equal(At("2026-11-23T19:00:00"), schedule.NextOpening(At("2026-11-22T12:00:00")));
        Assert.Equal(At("2026-11-23T22:00:00"), schedule.NextOpening(At("2026-11-23T20:00:00")));
        Assert.Equal("2026-11-23T20:00:00Z", schedule.ClosedPeriodId(At("2026-11-23T21:00:00")));
        Assert.Equal("2026-11-23T23:00:00Z", schedule.ClosedPeriodId(At("2026-11-25T00:00:00")));
    }

    [Fact]
    public void Hours_that_overlap_across_zones_count_once()
    {
        BusinessHoursSchedule schedule = Zone("UTC", "monday 12:00-24:00", "tuesday Asia/Tokyo 00:00-12:00"); // 15:00 to 03:00 UTC
        Assert.Equal(Duration.FromHours(15), schedule.OpenDuration(At("2026-11-22T00:00:00"), At("2026-11-29T00:00:00")));
    }

    [Fact]
    public void An_exception_replaces_the_hours_of_its_date_in_that_days_zone()
    {
        BusinessHoursSchedule schedule = Zone(
            "UTC", "thursday Asia/Tokyo 09:00-17:00", "friday 09:00-17:00",
            "2026-12-24 09:00-12:00", "2026-12-25 closed", "2026-12-27 10:00-11:00 15:00-16:00");
        Assert.Equal(At("2026-12-24T00:00:00"), schedule.NextOpening(At("2026-12-20T00:00:00")));
        Assert.False(schedule.IsOpen(At("2026-12-24T03:00:00"))); // noon in Tokyo
        Assert.False(schedule.IsOpen(At("2026-12-25T12:00:00")));
        Assert.Equal(At("2026-12-27T10:00:00"), schedule.NextOpening(At("2026-12-24T03:00:00")));
        Assert.Equal(At("2026-12-27T15:00:00"), schedule.NextOpening(At("2026-12-27T11:00:00")));
        Assert.Equal("2026-12-24T03:00:00Z", schedule.ClosedPeriodId(At("2026-12-27T09:59:59")));
    }

    [Fact]
    public void A_year_of_holidays_does_not_hide_the_next_opening()
    {
        var mondays = Enumerable.Range(0, 60).Select(week => new LocalDate(2026, 11, 23).PlusWeeks(week)).ToList();
        BusinessHoursSchedule schedule = Zone("UTC", ["monday 09:00-17:00", .. mondays.Select(date => $"{date:uuuu-MM-dd} closed")]);
        Assert.Equal(mondays[^1].PlusWeeks(1).At(new LocalTime(9, 0)).InUtc().ToInstant(), schedule.NextOpening(At("2026-11-22T00:00:00")));
        Assert.Equal("2026-11-16T17:00:00Z", schedule.ClosedPeriodId(mondays[^1].At(LocalTime.Noon).InUtc().ToInstant()));
    }
}
