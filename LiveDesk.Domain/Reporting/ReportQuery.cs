using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;
using NodaTime;

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

    public bool Includes(DateTimeOffset at) => at >= From && at < To;

    /// <summary>The part of the span that lies on a UTC day.</summary>
    public ReportQuery Within(DateOnly day)
    {
        var begins = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        DateTimeOffset ends = begins.AddDays(1);
        return this with { From = From > begins ? From : begins, To = To < ends ? To : ends };
    }

    public string DayOf(DateTimeOffset at) => Name(Instant.FromDateTimeOffset(at).InZone(Zone).Date);

    /// <summary>The days of the zone that the time span touches, in order.</summary>
    public IEnumerable<string> Days()
    {
        LocalDate last = Instant.FromDateTimeOffset(To).Minus(Duration.FromNanoseconds(100)).InZone(Zone).Date;
        for (LocalDate day = Instant.FromDateTimeOffset(From).InZone(Zone).Date; day <= last; day = day.PlusDays(1)) yield return Name(day);
    }

    private static string Name(LocalDate day) => NodaTime.Text.LocalDatePattern.Iso.Format(day);
}
