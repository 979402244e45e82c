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
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);

    private static readonly Dictionary<string, ReportGroup> Groups = new(StringComparer.Ordinal)
    {
        ["day"] = ReportGroup.Day,
        ["agent"] = ReportGroup.Agent,
        ["channel"] = ReportGroup.Channel,
        ["team"] = ReportGroup.Team,
        ["closedSource"] = ReportGroup.ClosedSource,
        ["category"] = ReportGroup.Category,
    };

    public static Result<ReportQuery> Of(HttpRequestData request, WorkspaceId workspace, DateTimeOffset now, IReadOnlyList<ReportGroup>? groups = null)
    {
        DateTimeOffset to = now;
        if (request.Query["to"] is { } end && !UtcInstantConverter.TryParse(end, out to)) return Instant("to");
        if (to.Year is < 2000 or > 9000) return Instant("to");
        DateTimeOffset from = to - Standard;
        if (request.Query["from"] is { } start && !UtcInstantConverter.TryParse(start, out from)) return Instant("from");
        if (from.Year < 2000) return Instant("from");
        if (from >= to) return Refusal.Malformed("to", "Must be after 'from'.");
        if (to - from > Longest) return Refusal.Malformed("from", $"A report spans at most {Longest.TotalDays:0} days.");

        groups ??= [.. Groups.Values];
        if (!Groups.TryGetValue(request.Query["groupBy"] ?? "day", out ReportGroup group) || !groups.Contains(group))
            return Refusal.Malformed("groupBy", $"Must be one of: {string.Join(", ", Groups.Where(g => groups.Contains(g.Value)).Select(g => g.Key))}.");
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

    private static Refusal Instant(string field) => Refusal.Malformed(field, "Must be an instant, such as 2026-03-29T01:30:00Z.");
}
