using System.Globalization;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Http;

namespace LiveDesk.Local.ProviderSimulator.Providers.Bandwidth;

/// <summary><c>GET /messages</c>: what was sent, by its numbers and times; never with its text or tag.</summary>
internal static class BandwidthList
{
    private static readonly HashSet<string> Known =
        ["messageId", "sourceTn", "destinationTn", "messageStatus", "messageDirection", "fromDateTime", "toDateTime", "sort", "pageToken", "limit"];

    public static IResult Of(string account, HttpRequest request, BandwidthState state)
    {
        if (request.Query.Keys.FirstOrDefault(name => !Known.Contains(name)) is { } stranger)
            return new BandwidthError(400, "bad-request", $"'{stranger}' is not a query parameter");
        if (!Time(request, "fromDateTime", out DateTimeOffset? from) || !Time(request, "toDateTime", out DateTimeOffset? to))
            return new BandwidthError(400, "bad-request", "Times look like 2016-09-14T18:20:16.000Z");
        string? Asked(string name) => request.Query.TryGetValue(name, out var value) ? (string?)value : null;
        int limit = int.TryParse(Asked("limit"), CultureInfo.InvariantCulture, out int number) ? number : 100;

        List<OutgoingMessage> found = [.. state.Messages.All().Where(message =>
            (Asked("messageId") is not { } id || message.Id == id)
            && (Asked("sourceTn") is not { } source || message.From == source)
            && (Asked("destinationTn") is not { } destination || message.To.Split(',').Contains(destination))
            && (Asked("messageDirection") is null or "OUTBOUND")
            && (from is null || message.AcceptedAt >= from)
            && (to is null || message.AcceptedAt <= to))];
        return Results.Json(new JsonObject
        {
            ["totalCount"] = found.Count,
            ["pageInfo"] = new JsonObject(),
            ["messages"] = new JsonArray([.. found.Take(limit).Select(message => Document(account, message))]),
        });
    }

    private static JsonObject Document(string account, OutgoingMessage message)
    {
        (string status, string? errorCode) = message.Progress;
        return new JsonObject
        {
            ["messageId"] = message.Id,
            ["accountId"] = account,
            ["sourceTn"] = message.From,
            ["destinationTn"] = message.To.Split(',')[0],
            ["messageStatus"] = status.ToUpperInvariant(),
            ["messageDirection"] = "OUTBOUND",
            ["messageType"] = message.MediaUrls.Count > 0 ? "mms" : "sms",
            ["segmentCount"] = 1,
            ["errorCode"] = int.Parse(errorCode ?? "0", CultureInfo.InvariantCulture),
            ["receiveTime"] = BandwidthCallbacks.Time(message.AcceptedAt),
            ["carrierName"] = "other",
            ["messageLength"] = message.Text.Length,
            ["attachmentCount"] = message.MediaUrls.Count,
            ["recipientCount"] = message.To.Split(',').Length,
        };
    }

    private static bool Time(HttpRequest request, string name, out DateTimeOffset? time)
    {
        time = null;
        if (!request.Query.TryGetValue(name, out var text)) return true;
        bool valid = DateTimeOffset.TryParseExact(
            text, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed);
        time = parsed;
        return valid;
    }
}
