using System.Globalization;
using System.Text.Json;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;
using LiveDesk.Functions.Storage;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Functions.Api.Events;

/// <summary>What a reader of the feed asks for.</summary>
/// <param name="After">Null: the client names no place.</param>
internal sealed record EventQuery(FeedPosition? After, TimeSpan Wait)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    public static Result<EventQuery> Of(HttpRequestData request, DateTimeOffset now)
    {
        TimeSpan wait = TimeSpan.Zero;
        if (request.Query["wait"] is { } text && (!IsoDurationConverter.TryParse(text, out wait) || wait < TimeSpan.Zero || wait > LongestWait))
            return Refusal.Malformed("wait", "An ISO 8601 duration from PT0S to PT60S.");
        if (request.Query["after"] is not { Length: > 0 } cursor) return new EventQuery(null, wait);
        return EventCursor.Read(cursor, now) is { } place ? new EventQuery(place, wait) : Refusal.Malformed("after", "Not a cursor of this feed.");
    }
}

/// <summary>A place in the feed as clients see it.</summary>
internal static class EventCursor
{
    /// <summary>Stands before the oldest event.</summary>
    public const string Start = "start";

    // 1970 as an hour: before any that was ever written.
    private static readonly FeedPosition Beginning = new("1970010100", 0);

    public static string Write(FeedPosition place) => Cursors.Encode($"{place.Hour}:{place.Number.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>Whether what stood behind a place may have been deleted by now.</summary>
    public static bool IsOld(FeedPosition place, DateTimeOffset now) =>
        place != Beginning && string.CompareOrdinal(place.Hour, FeedHour.Name(now - FeedPosition.Kept)) < 0;

    /// <returns>Null if it is none of ours.</returns>
    public static FeedPosition? Read(string cursor, DateTimeOffset now)
    {
        if (cursor == Start) return Beginning;
        string[] parts;
        try
        {
            parts = Cursors.Decode(cursor).Split(':');
        }
        catch (FormatException)
        {
            return null;
        }
        return parts is [{ Length: 10 } hour, { Length: > 0 and <= 10 } number]
            && DateTimeOffset.TryParseExact(
                hour, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset at)
            // The host that gave it may have a clock somewhat ahead of ours.
            && at <= now.AddHours(1)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long place)
            ? new FeedPosition(hour, place)
            : null;
    }
}

internal sealed record EventView(string Id, string Type, DateTimeOffset OccurredAt, JsonElement Data)
{
    public static EventView Of(FeedEvent line)
    {
        using JsonDocument data = JsonDocument.Parse(line.Data);
        return new EventView(line.Id, line.Type, line.OccurredAt, data.RootElement.Clone());
    }
}
