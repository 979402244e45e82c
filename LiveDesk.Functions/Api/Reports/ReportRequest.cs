using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Reporting;
using LiveDesk.Domain.Workspaces;
using Microsoft.Azure.Functions.Worker.Http;
using NodaTime;

namespace LiveDesk.Functions.Api.Reports;

/// <summary>What the query of a report asks for. Without <c>from</c> and <c>to</c>: the last 30 days, grouped by day, in UTC.</summary>
internal static class ReportRequest
{
    private static readonly TimeSpan Standard = TimeSpan.FromDays(30);

    // Nothing has happened before or will be asked about after, and within them the days of every zone can be told.
    private static readonly DateTimeOffset Earliest = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero), Latest = new(9000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Dictionary<string, ReportGroup> Groups = new(StringComparer.Ordinal)
    {
        ["day"] = ReportGroup.Day,
        ["agent"] = ReportGroup.Agent,
        ["channel"] = ReportGroup.Channel,
        ["team"] = ReportGroup.Team,
        ["closedSource"] = ReportGroup.ClosedSource,
        ["category"] = ReportGroup.Category,
    };

    public static Result<ReportQuery> Of(HttpRequestData request, WorkspaceId workspace, DateTimeOffset now)
    {
        DateTimeOffset to = now;
        if (request.Query["to"] is { } end && !UtcInstantConverter.TryParse(end, out to)) return Instant("to");
        DateTimeOffset from = DateTimeOffset.MinValue;
        if (request.Query["from"] is { } start)
        {
            if (!UtcInstantConverter.TryParse(start, out from)) return Instant("from");
            if (from >= to) return Refusal.Malformed("to", "Must be after 'from'.");
        }
        to = Clamped(to);
        from = Clamped(request.Query["from"] is null ? to - Standard : from);

        if (!Groups.TryGetValue(request.Query["groupBy"] ?? "day", out ReportGroup group))
            return Refusal.Malformed("groupBy", $"Must be one of: {string.Join(", ", Groups.Keys)}.");
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(request.Query["timeZone"] ?? "UTC") is not { } zone)
            return Refusal.Malformed("timeZone", "Must be an IANA time zone, such as Europe/Madrid.");
        ChannelId? channel = null;
        if (request.Query["channelId"] is { } id)
        {
            if (!ChannelId.TryParse(id, out ChannelId known)) return Refusal.Malformed("channelId", "Not a channel's id.");
            channel = known;
        }
        return new ReportQuery(workspace, from, to, group, zone, channel);
    }

    private static DateTimeOffset Clamped(DateTimeOffset at) => at < Earliest ? Earliest : at > Latest ? Latest : at;

    private static Refusal Instant(string field) => Refusal.Malformed(field, "Must be an instant, such as 2026-03-29T01:30:00Z.");
}
