using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>A filter of the inbox under a name, for everybody in the workspace.</summary>
public sealed record SavedView : IResource
{
    public static string Kind => "view";

    public required WorkspaceId Workspace { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public ConversationStatus Status { get; init; }

    /// <summary><c>me</c> (whoever looks), <c>none</c>, <c>ai</c>, an agent's id; null: whoever.</summary>
    public string? Assignee { get; init; }

    public string? TeamId { get; init; }
    public ChannelId? ChannelId { get; init; }
    public string? Tag { get; init; }

    string IResource.UniqueName => Name;
}
