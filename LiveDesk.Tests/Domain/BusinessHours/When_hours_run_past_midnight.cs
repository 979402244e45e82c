using LiveDesk.Domain.BusinessHours;
using NodaTime;
using static LiveDesk.Tests.Domain.BusinessHours.ScheduleOf;

namespace LiveDesk.Tests.Domain.BusinessHours;

public class When_hours_run_past_midnight
{
    [Theory]
    [InlineData("2026-11-22T21:59:59", false)] // a Sunday
    [InlineData("2026-11-22T22:00:00", true)]
    [InlineData("2026-11-22T23:59:30", true)]
    [InlineData("2026-11-23T00:00:00", true)] // over the end of the week
    [InlineData("2026-11-23T01:59:59", true)]
    [InlineData("2026-11-23T02:00:00", false)]
    [InlineData("2026-11-22T01:00:00", false)] // Saturday had no shift
    public void They_belong_to_the_day_they_start_on(string at, bool open) =>
        Assert.Equal(open, Zone("UTC", "sunday 22:00-02:00").IsOpen(At(at)));

    [Fact]
    public void An_end_equal_to_the_start_is_a_whole_day()
    {
        BusinessHoursSchedule schedule = Zone("UTC", "monday 08:00-08:00");
        Assert.Equal(Duration.FromHours(24), schedule.OpenDuration(At("2026-11-22T00:00:00"), At("2026-11-29T00:00:00")));
        Assert.True(schedule.IsOpen(At("2026-11-24T07:59:59")));
        Assert.False(schedule.IsOpen(At("2026-11-24T08:00:00")));
    }

    [Fact]
    public void An_end_at_midnight_may_be_written_both_ways()
    {
        foreach (string end in new[] { "00:00", "24:00" })
        {
            BusinessHoursSchedule schedule = Zone("UTC", $"monday 20:00-{end}");
            Assert.True(schedule.IsOpen(At("2026-11-23T23:59:30")));
            Assert.False(schedule.IsOpen(At("2026-11-24T00:00:00")));
        }
    }

    [Fact]
    public void The_spill_joins_the_next_days_hours_without_counting_twice()
    {
        BusinessHoursSchedule schedule = Zone("UTC", "monday 20:00-10:00", "tuesday 08:00-12:00");
        Assert.Equal(Duration.FromHours(16), schedule.OpenDuration(At("2026-11-23T00:00:00"), At("2026-11-25T00:00:00")));
        Assert.Equal("2026-11-24T12:00:00Z", schedule.ClosedPeriodId(At("2026-11-24T12:00:00")));
        Assert.Equal(Duration.FromHours(3), schedule.OpenDuration(At("2026-11-24T07:00:00"), At("2026-11-24T10:00:00")));
    }

    [Fact]
    public void A_closed_date_cancels_its_own_shift_and_not_the_eves()
    {
        BusinessHoursSchedule schedule = Zone("UTC", "thursday 22:00-06:00", "friday 22:00-06:00", "2026-12-25 closed"); // a Friday
        Assert.True(schedule.IsOpen(At("2026-12-25T05:59:59")));
        Assert.False(schedule.IsOpen(At("2026-12-25T23:00:00")));
        Assert.False(schedule.IsOpen(At("2026-12-26T05:00:00")));
        Assert.Equal(At("2026-12-31T22:00:00"), schedule.NextOpening(At("2026-12-25T06:00:00")));
    }

    [Fact]
    public void A_special_date_may_have_a_night_of_its_own()
    {
        BusinessHoursSchedule schedule = Zone("UTC", "thursday 09:00-17:00", "2026-12-31 20:00-04:00"); // a Thursday
        Assert.False(schedule.IsOpen(At("2026-12-31T12:00:00")));
        Assert.True(schedule.IsOpen(At("2027-01-01T03:59:59")));
        Assert.False(schedule.IsOpen(At("2027-01-01T04:00:00")));
    }

    [Theory]
    [InlineData("2026-03-28T00:00:00", 7)] // the clock goes forward on the night to the 29th
    [InlineData("2026-10-24T00:00:00", 9)] // and back on the night to 25 October
    [InlineData("2026-11-21T00:00:00", 8)]
    public void A_night_in_which_the_clock_changes_is_shorter_or_longer(string saturday, int hours) =>
        Assert.Equal(
            Duration.FromHours(hours),
            Madrid("saturday 22:00-06:00").OpenDuration(At(saturday), At(saturday) + Duration.FromDays(3)));
}
