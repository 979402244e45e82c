using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using NodaTime;
using NodaTime.Text;

namespace LiveDesk.Domain.Reporting;

public enum ReportGroup
{
    Day,
    Agent,
    Channel,
    Team,
    ClosedSource,
    Category,
}

/// <summary>What a report is asked for.</summary>
/// <param name="To">Exclusive.</param>
/// <param name="Zone">In which days begin and end.</param>
/// <param name="Channel">Only this channel; null: all.</param>
public sealed record ReportQuery(WorkspaceId Workspace, DateTimeOffset From, DateTimeOffset To, ReportGroup GroupBy, DateTimeZone Zone, ChannelId? Channel = null)
{
    /// <summary>What a row of nothing in particular is keyed by: no owner, no team, not closed.</summary>
    public const string Nobody = "none";

    /// <summary>A longer span is not asked about day by day, but to see all that there is.</summary>
    private static readonly TimeSpan LongestByDay = TimeSpan.FromDays(400);

    /// <summary>The ids of the categories that there are, by name whatever its case, for facts that know the name alone.</summary>
    public IReadOnlyDictionary<string, string> CategoryIds { get; init; } = new Dictionary<string, string>();

    /// <summary>The key of a category: its id, or its name if it is none of the workspace's.</summary>
    public string? CategoryOf(string? id, string? name) => id ?? (name is null ? null : CategoryIds.GetValueOrDefault(name, name));

    public bool Includes(DateTimeOffset at) => at >= From && at < To;

    /// <summary>The part of the span that lies on a UTC day.</summary>
    public ReportQuery Within(DateOnly day)
    {
        var begins = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        DateTimeOffset ends = begins.AddDays(1);
        return this with { From = From > begins ? From : begins, To = To < ends ? To : ends };
    }

    public string DayOf(DateTimeOffset at) => Name(Instant.FromDateTimeOffset(at).InZone(Zone).Date);

    /// <summary>
    /// The days of the zone that have a row, in order: those that the time span touches; of a span longer than <see cref="LongestByDay"/>, those from the
    /// first to the last on which something happened.
    /// </summary>
    /// <param name="counted">The days on which something happened.</param>
    public IEnumerable<string> Days(IReadOnlyCollection<string> counted)
    {
        if (To - From <= LongestByDay)
            return Between(
                Instant.FromDateTimeOffset(From).InZone(Zone).Date, Instant.FromDateTimeOffset(To).Minus(Duration.FromNanoseconds(100)).InZone(Zone).Date);
        return counted.Count == 0 ? [] : Between(Date(counted.Min(StringComparer.Ordinal)!), Date(counted.Max(StringComparer.Ordinal)!));
    }

    private static IEnumerable<string> Between(LocalDate first, LocalDate last)
    {
        for (LocalDate day = first; day <= last; day = day.PlusDays(1)) yield return Name(day);
    }

    private static string Name(LocalDate day) => LocalDatePattern.Iso.Format(day);

    private static LocalDate Date(string name) => LocalDatePattern.Iso.Parse(name).Value;
}
