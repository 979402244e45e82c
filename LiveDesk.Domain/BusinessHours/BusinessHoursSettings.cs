namespace LiveDesk.Domain.BusinessHours;

/// <summary>When people answer on a channel, as the API writes it. <see cref="BusinessHoursSchedule"/> tells the time by it.</summary>
public sealed record BusinessHoursSettings
{
    /// <summary>False: always open, whatever the rest says.</summary>
    public bool Enabled { get; init; }

    /// <summary>IANA id of the zone in which intervals and dates are meant, unless a day names its own.</summary>
    public string TimeZone { get; init; } = "UTC";

    /// <summary>Sent outside hours; empty: the default text in the contact's language. May hold <c>{{nextOpening}}</c>.</summary>
    public string UnavailableMessage { get; init; } = "";

    /// <summary>Whether an AI agent goes on answering outside hours.</summary>
    public bool AiOutsideHours { get; init; } = true;

    /// <summary>By English weekday in lower case. A day that is not there is closed. Default: Monday to Friday, 09:00 to 17:00.</summary>
    public IReadOnlyDictionary<string, DayHours> Days { get; init; } = OfficeWeek;

    /// <summary>Dates with other hours than their weekday's: holidays (no intervals) and special openings.</summary>
    public IReadOnlyList<DatedHours> Exceptions { get; init; } = [];

    private static readonly DayHours OfficeDay = new() { Intervals = [new HoursInterval("09:00", "17:00")] };

    private static readonly Dictionary<string, DayHours> OfficeWeek = new(StringComparer.Ordinal)
    {
        ["monday"] = OfficeDay,
        ["tuesday"] = OfficeDay,
        ["wednesday"] = OfficeDay,
        ["thursday"] = OfficeDay,
        ["friday"] = OfficeDay,
    };
}

/// <summary>The hours of one weekday; no intervals: closed.</summary>
public sealed record DayHours
{
    public IReadOnlyList<HoursInterval> Intervals { get; init; } = [];

    /// <summary>IANA id; null: the channel's zone.</summary>
    public string? TimeZone { get; init; }
}

/// <summary>The hours of one date, in place of its weekday's; in the zone of that weekday.</summary>
public sealed record DatedHours
{
    /// <summary><c>2026-12-25</c>.</summary>
    public string Date { get; init; } = "";

    public IReadOnlyList<HoursInterval> Intervals { get; init; } = [];
}

/// <summary>
/// Half-open: at <paramref name="From"/> it is open, at <paramref name="To"/> no longer. It belongs to the day on which it starts, also
/// where it runs past midnight.
/// </summary>
/// <param name="From"><c>00:00</c> to <c>23:59</c>.</param>
/// <param name="To"><c>00:00</c> to <c>24:00</c>; not after <paramref name="From"/>: on the next day.</param>
public sealed record HoursInterval(string From, string To);
