using LiveDesk.Domain.BusinessHours;
using NodaTime;
using static LiveDesk.Tests.Domain.BusinessHours.ScheduleOf;

namespace LiveDesk.Tests.Domain.BusinessHours;

/// <summary>Madrid: on 2026-03-29 from 02:00 to 03:00 and on 2026-10-25 from 03:00 back to 02:00, both at 01:00 UTC.</summary>
public class When_the_clock_changes
{
    [Fact]
    public void A_skipped_start_is_the_first_instant_after_the_jump()
    {
        BusinessHoursSchedule schedule = Madrid("sunday 02:15-04:00");
        Assert.False(schedule.IsOpen(At("2026-03-29T00:59:59")));
        Assert.True(schedule.IsOpen(At("2026-03-29T01:00:00")));
        Assert.False(schedule.IsOpen(At("2026-03-29T02:00:00")));
        Assert.Equal(At("2026-03-29T01:00:00"), schedule.NextOpening(At("2026-03-29T00:00:00")));
    }

    [Fact]
    public void Hours_that_are_skipped_whole_do_not_happen()
    {
        BusinessHoursSchedule schedule = Madrid("sunday 02:15-02:45");
        Assert.Equal(At("2026-04-05T00:15:00"), schedule.NextOpening(At("2026-03-28T00:00:00")));
        Assert.Equal("2026-03-22T01:45:00Z", schedule.ClosedPeriodId(At("2026-03-29T12:00:00")));
        Assert.Equal(Duration.Zero, schedule.OpenDuration(At("2026-03-28T00:00:00"), At("2026-03-30T00:00:00")));
    }

    [Fact]
    public void A_start_that_comes_twice_is_the_earlier_one()
    {
        BusinessHoursSchedule schedule = Madrid("sunday 02:30-05:00");
        Assert.Equal(At("2026-10-25T00:30:00"), schedule.NextOpening(At("2026-10-25T00:00:00")));
        Assert.True(schedule.IsOpen(At("2026-10-25T01:15:00"))); // 02:15 for the second time: long open
        Assert.False(schedule.IsOpen(At("2026-10-25T04:00:00")));
    }

    [Fact]
    public void An_end_that_comes_twice_is_the_earlier_one()
    {
        BusinessHoursSchedule schedule = Madrid("sunday 00:00-02:30");
        Assert.True(schedule.IsOpen(At("2026-10-25T00:29:59")));
        Assert.False(schedule.IsOpen(At("2026-10-25T00:30:00")));
        Assert.False(schedule.IsOpen(At("2026-10-25T01:10:00")));
    }

    [Theory]
    [InlineData("2026-03-28T23:00:00", "2026-03-29T22:00:00", 23)]
    [InlineData("2026-10-24T22:00:00", "2026-10-25T23:00:00", 25)]
    public void A_whole_day_has_the_hours_it_has(string midnight, string next, int hours)
    {
        BusinessHoursSchedule schedule = Madrid("sunday 00:00-24:00");
        Assert.True(schedule.IsOpen(At(midnight)));
        Assert.False(schedule.IsOpen(At(midnight) - Duration.FromSeconds(1)));
        Assert.True(schedule.IsOpen(At(next) - Duration.FromSeconds(30)));
        Assert.False(schedule.IsOpen(At(next)));
        Assert.Equal(Duration.FromHours(hours), schedule.OpenDuration(At(midnight) - Duration.FromDays(1), At(next) + Duration.FromDays(1)));
    }

    [Fact]
    public void Office_hours_keep_to_the_wall_clock()
    {
        BusinessHoursSchedule schedule = Madrid("friday 09:00-17:00", "monday 09:00-17:00");
        Assert.Equal(At("2026-03-27T08:00:00"), schedule.NextOpening(At("2026-03-26T12:00:00")));
        Assert.Equal(At("2026-03-30T07:00:00"), schedule.NextOpening(At("2026-03-27T16:00:00")));
    }

    [Fact]
    public void A_date_that_a_country_skipped_has_no_hours()
    {
        // Samoa went from 29 to 31 December 2011 overnight.
        BusinessHoursSchedule schedule = Zone("Pacific/Apia", "thursday 09:00-17:00", "friday 09:00-17:00", "saturday 09:00-17:00");
        Assert.Equal(Duration.FromHours(16), schedule.OpenDuration(At("2011-12-29T10:00:00"), At("2012-01-01T10:00:00")));
    }

    [Fact]
    public void A_jump_at_midnight_moves_the_opening()
    {
        // Beirut goes forward from 00:00 to 01:00 on 2026-03-29.
        BusinessHoursSchedule schedule = Zone("Asia/Beirut", "sunday 00:00-02:00");
        Assert.Equal(At("2026-03-28T22:00:00"), schedule.NextOpening(At("2026-03-28T12:00:00")));
        Assert.Equal(Duration.FromHours(1), schedule.OpenDuration(At("2026-03-28T12:00:00"), At("2026-03-29T12:00:00")));
    }

    [Fact]
    public void Invented_zones_follow_the_same_rules()
    {
        // At noon UTC on 10 June 2026, a Wednesday, this place turns its clock from 12:00 to 17:00.
        var jump = new OneTurnZone("Test/Jump", At("2026-06-10T12:00:00"), Offset.Zero, Offset.FromHours(5));
        var back = new OneTurnZone("Test/Back", At("2026-06-10T12:00:00"), Offset.FromHours(5), Offset.Zero);
        var zones = new FakeZones(jump, back);

        BusinessHoursSchedule forward = BusinessHoursSchedule.Create(Settings("Test/Jump", "wednesday 13:00-18:00"), zones);
        Assert.Equal(At("2026-06-10T12:00:00"), forward.NextOpening(At("2026-06-10T00:00:00")));
        Assert.Equal(Duration.FromHours(1), forward.OpenDuration(At("2026-06-10T00:00:00"), At("2026-06-11T00:00:00")));

        BusinessHoursSchedule backward = BusinessHoursSchedule.Create(Settings("Test/Back", "wednesday 13:00-18:00"), zones);
        Assert.Equal(At("2026-06-10T08:00:00"), backward.NextOpening(At("2026-06-10T00:00:00")));
        Assert.Equal(Duration.FromHours(10), backward.OpenDuration(At("2026-06-10T00:00:00"), At("2026-06-11T00:00:00")));
    }
}
