using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>A place in the feed: right before the event with this number of this hour.</summary>
/// <param name="Hour">UTC, <c>yyyyMMddHH</c>.</param>
public readonly record struct FeedPosition(string Hour, long Number) : IComparable<FeedPosition>
{
    /// <summary>How long events are kept.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public int CompareTo(FeedPosition other)
    {
        int hours = string.CompareOrdinal(Hour, other.Hour);
        return hours == 0 ? Number.CompareTo(other.Number) : hours;
    }

    public static bool operator <(FeedPosition left, FeedPosition right) => left.CompareTo(right) < 0;

    public static bool operator >(FeedPosition left, FeedPosition right) => left.CompareTo(right) > 0;

    public static bool operator <=(FeedPosition left, FeedPosition right) => left.CompareTo(right) <= 0;

    public static bool operator >=(FeedPosition left, FeedPosition right) => left.CompareTo(right) >= 0;
}

/// <summary>What stands at a place of the feed, in order, and where it goes on.</summary>
public sealed record FeedPage(IReadOnlyList<FeedEvent> Items, FeedPosition Next);

/// <summary>Reads the feed of a workspace. An event is never passed over: a place is left only for the one right behind it.</summary>
public interface IEventReader
{
    /// <summary>Behind the newest event.</summary>
    /// <param name="known">A place that has been the end before; spares a storage transaction.</param>
    Task<FeedPosition> EndAsync(WorkspaceId workspace, FeedPosition? known, CancellationToken cancellationToken);

    /// <summary>Whether the hour of a place is still kept; a reader that comes from an older one has missed something.</summary>
    Task<bool> KeepsAsync(WorkspaceId workspace, FeedPosition place, CancellationToken cancellationToken);

    /// <summary>One storage transaction if there is nothing new.</summary>
    Task<FeedPage> ReadAsync(WorkspaceId workspace, FeedPosition from, int limit, CancellationToken cancellationToken);
}
