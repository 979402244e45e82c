using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using NodaTime;
using NodaTime.Text;

namespace LiveDesk.Domain.BusinessHours;

/// <summary>
/// Tells whether a channel is open. Hours are wall-clock hours of their zone, so a day of 23 or 25 hours still opens and closes on time.
/// An interval belongs to the date on which it starts: an exception replaces what would start on its date, and a night shift of the eve
/// still runs to its end.
/// </summary>
public sealed class BusinessHoursSchedule
{
    /// <summary>Open at all times.</summary>
    public static readonly BusinessHoursSchedule Always = new(DateTimeZone.Utc, new Dictionary<IsoDayOfWeek, WeekdayHours>(), [], alwaysOpen: true);

    /// <summary>What <see cref="ClosedPeriodId"/> says of a closed time that had no beginning.</summary>
    public const string ClosedEver = "always";

    private static readonly Duration WidestOffset = Duration.FromHours(18);

    private readonly bool _alwaysOpen;
    private readonly IReadOnlyDictionary<IsoDayOfWeek, WeekdayHours> _week;
    private readonly FrozenDictionary<LocalDate, DailyHours[]> _exceptions;
    private readonly BusinessDates _dates;

    private BusinessHoursSchedule(
        DateTimeZone zone, IReadOnlyDictionary<IsoDayOfWeek, WeekdayHours> week, Dictionary<LocalDate, DailyHours[]> exceptions, bool alwaysOpen)
    {
        Zone = zone;
        _alwaysOpen = alwaysOpen;
        _week = week;
        _exceptions = exceptions.ToFrozenDictionary();
        _dates = new BusinessDates([.. week.Where(day => day.Value.Hours.Length > 0).Select(day => day.Key)], [.. exceptions.Keys.Order()]);
    }

    private sealed record WeekdayHours(DateTimeZone Zone, DailyHours[] Hours);

    private static readonly ConditionalWeakTable<BusinessHoursSettings, BusinessHoursSchedule> Known = [];

    /// <summary>As <see cref="Create"/>; the same settings are read once.</summary>
    public static BusinessHoursSchedule Of(BusinessHoursSettings settings) => Known.GetValue(settings, s => Create(s));

    /// <summary>The channel's zone, in which times are told to customers.</summary>
    public DateTimeZone Zone { get; }

    /// <param name="zones">Default: the tz database that comes with NodaTime.</param>
    /// <exception cref="ArgumentException">The settings do not pass <see cref="BusinessHoursValidation"/>.</exception>
    public static BusinessHoursSchedule Create(BusinessHoursSettings settings, IDateTimeZoneProvider? zones = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        zones ??= DateTimeZoneProviders.Tzdb;
        if (BusinessHoursValidation.Validate(settings, zones: zones) is [var error, ..])
            throw new ArgumentException($"{error.Field}: {error.Message}", nameof(settings));

        DateTimeZone zone = zones[settings.TimeZone];
        if (!settings.Enabled) return new BusinessHoursSchedule(zone, new Dictionary<IsoDayOfWeek, WeekdayHours>(), [], alwaysOpen: true);

        var week = Weekdays.All.ToDictionary(day => day.Value, day => settings.Days.GetValueOrDefault(day.Key) is { } hours
            ? new WeekdayHours(hours.TimeZone is null ? zone : zones[hours.TimeZone], Read(hours.Intervals))
            : new WeekdayHours(zone, []));
        var exceptions = settings.Exceptions.ToDictionary(e => LocalDatePattern.Iso.Parse(e.Date).Value, e => Read(e.Intervals));
        return new BusinessHoursSchedule(zone, week, exceptions, alwaysOpen: false);
    }

    public bool IsOpen(Instant at)
    {
        if (_alwaysOpen) return true;
        LocalDate today = UtcDate(at);
        for (LocalDate date = today.PlusDays(-BusinessDates.Reach); date <= today.PlusDays(1); date = date.PlusDays(1))
            foreach (Interval period in Periods(date))
                if (period.Contains(at)) return true;
        return false;
    }

    /// <summary>The first instant, from the given one on, at which it is open: the given one itself if it is open then; null if never.</summary>
    public Instant? NextOpening(Instant from)
    {
        if (IsOpen(from)) return from;

        Instant? next = null;
        foreach (LocalDate date in _dates.From(UtcDate(from).PlusDays(-BusinessDates.Reach)))
        {
            // Zones differ, so a later date may open earlier; past this point none can.
            if (next < date.AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() - WidestOffset) break;
            foreach (Interval period in Periods(date))
                if (period.Start > from && (next is null || period.Start < next)) next = period.Start;
        }

        return next;
    }

    /// <summary>
    /// Names the closed time in which the instant lies, the same for each instant in it: when it began (ISO 8601, UTC), or
    /// <see cref="ClosedEver"/> if it was never open before. Null if it is open.
    /// </summary>
    public string? ClosedPeriodId(Instant at)
    {
        if (IsOpen(at)) return null;

        Instant? closed = null;
        foreach (LocalDate date in _dates.Back(UtcDate(at).PlusDays(1)))
        {
            if (closed > date.PlusDays(2).AtStartOfDayInZone(DateTimeZone.Utc).ToInstant() + WidestOffset) break;
            foreach (Interval period in Periods(date))
                if (period.End <= at && (closed is null || period.End > closed)) closed = period.End;
        }

        return closed is null ? ClosedEver : InstantPattern.ExtendedIso.Format(closed.Value);
    }

    /// <summary>The part of the time between two instants that is inside business hours; zero if it ends before it begins.</summary>
    public Duration OpenDuration(Instant from, Instant to)
    {
        if (to <= from) return Duration.Zero;
        if (_alwaysOpen) return to - from;

        Duration open = Duration.Zero;
        Instant counted = from;
        foreach (Interval period in PeriodsBetween(from, to).OrderBy(period => period.Start))
        {
            Instant start = Instant.Max(period.Start, counted), end = Instant.Min(period.End, to);
            if (end <= start) continue;
            open += end - start;
            counted = end;
        }

        return open;
    }

    private IEnumerable<Interval> PeriodsBetween(Instant from, Instant to)
    {
        LocalDate last = UtcDate(to).PlusDays(1);
        for (LocalDate date = UtcDate(from).PlusDays(-BusinessDates.Reach); date <= last; date = date.PlusDays(1))
            foreach (Interval period in Periods(date))
                yield return period;
    }

    private IEnumerable<Interval> Periods(LocalDate date)
    {
        WeekdayHours weekday = _week[date.DayOfWeek];
        foreach (DailyHours hours in _exceptions.GetValueOrDefault(date) ?? weekday.Hours)
            if (hours.On(date, weekday.Zone) is { } period)
                yield return period;
    }

    private static DailyHours[] Read(IReadOnlyList<HoursInterval> intervals) =>
        [.. intervals.Select(interval => DailyHours.TryRead(interval, out DailyHours hours) ? hours : throw new FormatException("Not validated."))];

    private static LocalDate UtcDate(Instant at) => at.InUtc().Date;
}
