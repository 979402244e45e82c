using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Events;

/// <summary>One line of the frontend's feed.</summary>
/// <param name="Id">The same for the same happening, however often it is told.</param>
/// <param name="Data">JSON.</param>
public sealed record FeedEvent(string Id, string Type, DateTimeOffset OccurredAt, string Data)
{
    /// <summary>It may have been told before, at any time from here on; null: not before it occurred.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset? ToldSince { get; init; }
}

/// <summary>The ordered feed of a workspace.</summary>
public interface IEventFeed
{
    /// <summary>All at once; an event whose id is there already is passed over.</summary>
    Task AppendAsync(WorkspaceId workspace, IReadOnlyList<FeedEvent> events, CancellationToken cancellationToken);
}
