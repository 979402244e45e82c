using LiveDesk.Domain.BusinessHours;
using NodaTime;
using static LiveDesk.Tests.Domain.BusinessHours.ScheduleOf;

namespace LiveDesk.Tests.Domain.BusinessHours;

public class When_a_channel_never_or_always_is_open
{
    private static readonly Instant Now = At("2026-11-22T12:00:00");

    [Theory]
    [InlineData("UTC")]
    [InlineData("UTC", "monday closed")]
    [InlineData("UTC", "2026-12-25 closed")]
    public void Without_hours_it_never_opens(string zone, params string[] lines)
    {
        BusinessHoursSchedule never = Zone(zone, lines);
        Assert.False(never.IsOpen(Now));
        Assert.Null(never.NextOpening(Now));
        Assert.Equal(BusinessHoursSchedule.ClosedEver, never.ClosedPeriodId(Now));
        Assert.Equal(Duration.Zero, never.OpenDuration(Now, Now + Duration.FromDays(400)));
    }

    [Fact]
    public void Open_on_one_date_only_it_never_opens_again()
    {
        BusinessHoursSchedule once = Zone("UTC", "2026-12-25 10:00-11:00");
        Assert.Equal(At("2026-12-25T10:00:00"), once.NextOpening(Now));
        Assert.Equal("always", once.ClosedPeriodId(Now));
        Assert.Null(once.NextOpening(At("2026-12-25T11:00:00")));
        Assert.Equal("2026-12-25T11:00:00Z", once.ClosedPeriodId(At("2031-01-01T00:00:00")));
    }

    [Fact]
    public void All_days_from_midnight_to_midnight_never_close()
    {
        string[] week = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
        BusinessHoursSchedule all = Madrid([.. week.Select(day => $"{day} 00:00-24:00")]);
        for (Instant at = At("2026-10-24T20:00:00"); at < At("2026-10-26T02:00:00"); at += Duration.FromSeconds(30))
        {
            Assert.True(all.IsOpen(at));
        }

        Assert.Equal(Now, all.NextOpening(Now));
        Assert.Null(all.ClosedPeriodId(Now));
        Assert.Equal(Duration.FromDays(1000), all.OpenDuration(Now, Now + Duration.FromDays(1000)));
    }

    [Fact]
    public void Hours_that_are_not_enabled_do_not_close_anything()
    {
        BusinessHoursSchedule off = BusinessHoursSchedule.Create(Settings("Europe/Madrid") with { Enabled = false });
        Assert.True(off.IsOpen(Now));
        Assert.Equal(Now, off.NextOpening(Now));
        Assert.Null(off.ClosedPeriodId(Now));
        Assert.Equal(Duration.FromHours(3), off.OpenDuration(Now, Now + Duration.FromHours(3)));
        Assert.Equal("Europe/Madrid", off.Zone.Id);
        Assert.True(BusinessHoursSchedule.Always.IsOpen(Now));
    }

    [Fact]
    public void A_new_channel_would_be_open_on_workdays_from_nine_to_five()
    {
        BusinessHoursSchedule fresh = BusinessHoursSchedule.Create(new BusinessHoursSettings { Enabled = true });
        Assert.Equal(Duration.FromHours(40), fresh.OpenDuration(Now, Now + Duration.FromDays(7)));
        Assert.Equal(At("2026-11-23T09:00:00"), fresh.NextOpening(Now));
        Assert.False(new BusinessHoursSettings().Enabled);
    }
}
