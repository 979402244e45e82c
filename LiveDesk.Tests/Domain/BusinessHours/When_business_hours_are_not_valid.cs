using LiveDesk.Domain.BusinessHours;
using static LiveDesk.Tests.Domain.BusinessHours.ScheduleOf;

namespace LiveDesk.Tests.Domain.BusinessHours;

public class When_business_hours_are_not_valid
{
    [Theory]
    [InlineData("settings.businessHours.days.monday.intervals[0].from", "monday 9:00-17:00")]
    [InlineData("settings.businessHours.days.monday.intervals[0].from", "monday 24:00-17:00")]
    [InlineData("settings.businessHours.days.monday.intervals[0].from", "monday 12:60-17:00")]
    [InlineData("settings.businessHours.days.monday.intervals[0].from", "monday 29:00-17:00")]
    [InlineData("settings.businessHours.days.monday.intervals[0].to", "monday 09:00-24:01")]
    [InlineData("settings.businessHours.days.monday.intervals[0].to", "monday 09:00-1700:")]
    [InlineData("settings.businessHours.days.friday.intervals[1].from", "friday 09:00-12:00 11:59-15:00")]
    [InlineData("settings.businessHours.days.friday.intervals[1].from", "friday 09:00-12:00 09:00-12:00")]
    [InlineData("settings.businessHours.days.friday.intervals[1].from", "friday 22:00-06:00 23:00-23:30")]
    [InlineData("settings.businessHours.days.friday.intervals[2].from", "friday 09:00-10:00 12:00-13:00 08:00-20:00")]
    [InlineData("settings.businessHours.days.funday", "funday 09:00-10:00")]
    [InlineData("settings.businessHours.days.Monday", "Monday 09:00-10:00")]
    [InlineData("settings.businessHours.days.monday.timeZone", "monday Mars/Phobos 09:00-10:00")]
    [InlineData("settings.businessHours.exceptions[0].date", "2026-02-29 closed")]
    [InlineData("settings.businessHours.exceptions[0].date", "2026-2-9 closed")]
    [InlineData("settings.businessHours.exceptions[0].date", "9999-12-31 closed")]
    [InlineData("settings.businessHours.exceptions[1].date", "2026-12-25 closed", "2026-12-25 09:00-10:00")]
    [InlineData("settings.businessHours.exceptions[0].intervals[1].from", "2026-12-25 09:00-12:00 10:00-11:00")]
    public void The_field_at_fault_is_named(string field, params string[] lines)
    {
        BusinessHoursSettings settings = Settings("UTC", lines);
        var error = Assert.Single(BusinessHoursValidation.Validate(settings));
        Assert.Equal(field, error.Field);
        Assert.NotEmpty(error.Message);
        Assert.Contains(field, Assert.Throws<ArgumentException>(() => BusinessHoursSchedule.Create(settings)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Mars/Phobos")]
    [InlineData("europe/madrid")]
    [InlineData("UTC+03:00")]
    [InlineData("GMT+25")]
    public void An_unknown_zone_is_refused(string zone) =>
        Assert.Equal("settings.businessHours.timeZone", Assert.Single(BusinessHoursValidation.Validate(Settings(zone))).Field);

    [Fact]
    public void All_faults_are_told_at_once_under_the_path_of_the_request()
    {
        BusinessHoursSettings settings = Settings("Nowhere", "monday 9-17:00:", "2026-13-01 closed") with { UnavailableMessage = new string('x', 10_001) };
        Assert.Equal(
            [
                "hours.timeZone", "hours.unavailableMessage", "hours.days.monday.intervals[0].from", "hours.days.monday.intervals[0].to",
                "hours.exceptions[0].date",
            ],
            BusinessHoursValidation.Validate(settings, "hours").Select(error => error.Field));
    }

    [Fact]
    public void Nulls_from_a_request_are_faults_not_crashes()
    {
        var settings = new BusinessHoursSettings
        {
            TimeZone = null!,
            UnavailableMessage = null!,
            Days = new Dictionary<string, DayHours> { ["monday"] = null!, ["tuesday"] = new() { Intervals = [null!, new HoursInterval(null!, null!)] } },
            Exceptions = [null!],
        };
        Assert.Equal(9, BusinessHoursValidation.Validate(settings).Count);
        Assert.Equal(2, BusinessHoursValidation.Validate(new BusinessHoursSettings { Days = null!, Exceptions = null! }).Count);
    }

    [Fact]
    public void Lists_have_an_end()
    {
        var many = new BusinessHoursSettings { Exceptions = [.. Enumerable.Range(0, 1001).Select(_ => new DatedHours { Date = "2026-01-01" })] };
        Assert.Equal("settings.businessHours.exceptions", Assert.Single(BusinessHoursValidation.Validate(many)).Field);
    }

    [Theory]
    [InlineData("monday 09:00-12:00 12:00-13:00")]
    [InlineData("monday 13:00-14:00 09:00-12:00")]
    [InlineData("monday 22:00-06:00 05:00-09:00", "tuesday 00:00-24:00")]
    [InlineData("monday 00:00-00:00")]
    public void Touching_unsorted_and_spilling_hours_are_fine(params string[] lines) =>
        Assert.Empty(BusinessHoursValidation.Validate(Settings("America/Sao_Paulo", lines)));
}
