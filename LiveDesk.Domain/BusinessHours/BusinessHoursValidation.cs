using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;
using NodaTime;
using NodaTime.Text;

namespace LiveDesk.Domain.BusinessHours;

/// <summary>Says what is wrong with business hours before they are saved, each fault with its field.</summary>
public static class BusinessHoursValidation
{
    public const int MaxIntervals = 24;
    public const int MaxExceptions = 1000;
    public const int MaxMessageLength = TextParts.LongestText;

    private static readonly LocalDate FirstDate = new(1970, 1, 1), LastDate = new(2199, 12, 31);

    /// <param name="path">Where the settings stand in the request.</param>
    /// <param name="zones">Default: the tz database that comes with NodaTime.</param>
    /// <returns>Empty if all is well. Settings are checked also while they are not enabled.</returns>
    public static IReadOnlyList<FieldError> Validate(
        BusinessHoursSettings settings, string path = "settings.businessHours", IDateTimeZoneProvider? zones = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var errors = new List<FieldError>();
        zones ??= DateTimeZoneProviders.Tzdb;
        CheckZone(settings.TimeZone, $"{path}.timeZone", zones, errors);
        if (settings.UnavailableMessage is null || settings.UnavailableMessage.Length > MaxMessageLength)
            errors.Add(new FieldError($"{path}.unavailableMessage", $"Must be a text of at most {MaxMessageLength} characters."));
        CheckDays(settings.Days, $"{path}.days", zones, errors);
        CheckExceptions(settings.Exceptions, $"{path}.exceptions", errors);
        return errors;
    }

    private static void CheckZone(string? id, string path, IDateTimeZoneProvider zones, List<FieldError> errors)
    {
        // NodaTime also knows fixed offsets such as UTC+03:00, which are no IANA ids and have no summer time.
        if (string.IsNullOrEmpty(id) || id.StartsWith("UTC+", StringComparison.Ordinal) || id.StartsWith("UTC-", StringComparison.Ordinal)
            || zones.GetZoneOrNull(id) is null)
            errors.Add(new FieldError(path, "Must be an IANA time zone, such as Europe/Madrid."));
    }

    private static void CheckDays(IReadOnlyDictionary<string, DayHours>? days, string path, IDateTimeZoneProvider zones, List<FieldError> errors)
    {
        if (days is null) errors.Add(new FieldError(path, "Must be an object with the days of the week."));
        foreach ((string name, DayHours? day) in days ?? new Dictionary<string, DayHours>())
        {
            if (!Weekdays.All.ContainsKey(name))
            {
                errors.Add(new FieldError($"{path}.{name}", "Must be a day of the week, monday to sunday."));
                continue;
            }

            if (day?.TimeZone is { } zone) CheckZone(zone, $"{path}.{name}.timeZone", zones, errors);
            CheckIntervals(day?.Intervals, $"{path}.{name}.intervals", errors);
        }
    }

    private static void CheckExceptions(IReadOnlyList<DatedHours>? exceptions, string path, List<FieldError> errors)
    {
        if (exceptions is null || exceptions.Count > MaxExceptions)
        {
            errors.Add(new FieldError(path, $"Must be a list of at most {MaxExceptions} dates."));
            return;
        }

        var seen = new HashSet<LocalDate>();
        for (int i = 0; i < exceptions.Count; i++)
        {
            if (!TryReadDate(exceptions[i]?.Date, out LocalDate date))
                errors.Add(new FieldError($"{path}[{i}].date", "Must be a date of the years 1970 to 2199, such as 2026-12-25."));
            else if (!seen.Add(date))
                errors.Add(new FieldError($"{path}[{i}].date", "Is there twice; put all intervals of a date together."));
            CheckIntervals(exceptions[i]?.Intervals, $"{path}[{i}].intervals", errors);
        }
    }

    private static bool TryReadDate(string? text, out LocalDate date) =>
        LocalDatePattern.Iso.Parse(text ?? "").TryGetValue(default, out date) && date >= FirstDate && date <= LastDate;

    private static void CheckIntervals(IReadOnlyList<HoursInterval>? intervals, string path, List<FieldError> errors)
    {
        if (intervals is null || intervals.Count > MaxIntervals)
        {
            errors.Add(new FieldError(path, $"Must be a list of at most {MaxIntervals} intervals."));
            return;
        }

        var accepted = new List<(HoursInterval Interval, DailyHours Hours)>();
        for (int i = 0; i < intervals.Count; i++)
        {
            HoursInterval? interval = intervals[i];
            if (!DailyHours.TryReadTime(interval?.From, out int from) || from == DailyHours.MinutesPerDay)
                errors.Add(new FieldError($"{path}[{i}].from", "Must be a time from 00:00 to 23:59."));
            if (!DailyHours.TryReadTime(interval?.To, out _))
                errors.Add(new FieldError($"{path}[{i}].to", "Must be a time from 00:00 to 24:00."));
            if (interval is null || !DailyHours.TryRead(interval, out DailyHours hours)) continue;

            if (accepted.Find(other => other.Hours.Overlaps(hours)).Interval is { } other)
                errors.Add(new FieldError($"{path}[{i}].from", $"Overlaps {other.From} to {other.To}."));
            accepted.Add((interval, hours));
        }
    }
}
