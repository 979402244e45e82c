using LiveDesk.Domain.BusinessHours;
using NodaTime;
using static LiveDesk.Tests.Domain.BusinessHours.ScheduleOf;

namespace LiveDesk.Tests.Domain.BusinessHours;

public class When_a_channel_keeps_office_hours
{
    private static readonly BusinessHoursSchedule Office =
        Zone("UTC", "monday 09:00-13:00 15:00-18:00", "tuesday 09:00-17:00", "wednesday 00:00-24:00", "friday 14:00-24:00");

    [Theory]
    [InlineData("2026-11-23T08:59:59", false)] // a Monday
    [InlineData("2026-11-23T09:00:00", true)]
    [InlineData("2026-11-23T12:59:59", true)]
    [InlineData("2026-11-23T13:00:00", false)]
    [InlineData("2026-11-23T15:00:00", true)]
    [InlineData("2026-11-23T18:00:00", false)]
    [InlineData("2026-11-24T12:00:00", true)]
    [InlineData("2026-11-25T00:00:00", true)]
    [InlineData("2026-11-25T23:59:30", true)] // the last half minute of an open day
    [InlineData("2026-11-26T00:00:00", false)]
    [InlineData("2026-11-26T12:00:00", false)] // Thursday is not there
    [InlineData("2026-11-27T23:59:59", true)]
    [InlineData("2026-11-28T00:00:00", false)]
    public void Is_open_from_the_first_instant_to_just_before_the_last(string at, bool open) => Assert.Equal(open, Office.IsOpen(At(at)));

    [Theory]
    [InlineData("2026-11-23T08:00:00", "2026-11-23T09:00:00")]
    [InlineData("2026-11-23T10:30:00", "2026-11-23T10:30:00")] // open: now
    [InlineData("2026-11-23T13:00:00", "2026-11-23T15:00:00")] // the lunch break
    [InlineData("2026-11-24T17:00:00", "2026-11-25T00:00:00")]
    [InlineData("2026-11-26T00:00:00", "2026-11-27T14:00:00")]
    [InlineData("2026-11-28T00:00:00", "2026-11-30T09:00:00")] // over the end of the week
    public void Knows_when_it_opens_next(string from, string next) => Assert.Equal(At(next), Office.NextOpening(At(from)));

    [Fact]
    public void Names_each_closed_time_by_its_beginning()
    {
        Assert.Equal("2026-11-23T13:00:00Z", Office.ClosedPeriodId(At("2026-11-23T13:00:00")));
        Assert.Equal("2026-11-23T13:00:00Z", Office.ClosedPeriodId(At("2026-11-23T14:59:59")));
        Assert.Equal("2026-11-28T00:00:00Z", Office.ClosedPeriodId(At("2026-11-28T00:00:00")));
        Assert.Equal("2026-11-28T00:00:00Z", Office.ClosedPeriodId(At("2026-11-30T08:59:59")));
        Assert.Null(Office.ClosedPeriodId(At("2026-11-23T15:00:00")));
    }

    [Theory]
    [InlineData("2026-11-23T00:00:00", "2026-11-24T00:00:00", 7 * 60)]
    [InlineData("2026-11-23T12:00:00", "2026-11-23T16:00:00", 120)]
    [InlineData("2026-11-23T13:10:00", "2026-11-23T14:50:00", 0)]
    [InlineData("2026-11-23T10:00:00", "2026-11-23T10:05:00", 5)]
    [InlineData("2026-11-23T00:00:00", "2026-11-30T00:00:00", (7 + 8 + 24 + 10) * 60)]
    [InlineData("2026-11-23T10:05:00", "2026-11-23T10:00:00", 0)]
    [InlineData("2025-11-24T00:00:00", "2026-11-23T00:00:00", 52 * 49 * 60)]
    public void Counts_the_time_inside_business_hours(string from, string to, int minutes) =>
        Assert.Equal(Duration.FromMinutes(minutes), Office.OpenDuration(At(from), At(to)));

    [Fact]
    public void Touching_intervals_are_one_opening()
    {
        BusinessHoursSchedule two = Zone("UTC", "monday 09:00-12:00 12:00-15:00 22:00-24:00", "tuesday 00:00-01:00");
        Assert.True(two.IsOpen(At("2026-11-23T12:00:00")));
        Assert.True(two.IsOpen(At("2026-11-24T00:00:00")));
        Assert.Equal(Duration.FromHours(9), two.OpenDuration(At("2026-11-23T00:00:00"), At("2026-11-25T00:00:00")));
        Assert.Equal("2026-11-24T01:00:00Z", two.ClosedPeriodId(At("2026-11-29T12:00:00")));
    }

    [Fact]
    public void Knows_leap_days()
    {
        BusinessHoursSchedule leap = Zone("UTC", "tuesday 09:00-17:00", "monday 22:00-02:00", "2028-02-28 20:00-03:00");
        Assert.True(leap.IsOpen(At("2028-02-29T02:59:59"))); // the shift of the 28th ends on the 29th
        Assert.False(leap.IsOpen(At("2028-02-29T03:00:00")));
        Assert.True(leap.IsOpen(At("2028-02-29T09:00:00")));
        Assert.Equal(At("2028-03-06T22:00:00"), leap.NextOpening(At("2028-02-29T17:00:00")));

        BusinessHoursSchedule off = Zone("UTC", "tuesday 09:00-17:00", "2028-02-29 closed");
        Assert.Equal(At("2028-03-07T09:00:00"), off.NextOpening(At("2028-02-29T00:00:00")));
    }
}
