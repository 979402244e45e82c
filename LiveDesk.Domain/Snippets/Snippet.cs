using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Snippets;

/// <summary>A canned text with variables, and files, under a shortcut.</summary>
public sealed record Snippet : IResource
{
    public static string Kind => "snippet";

    public required WorkspaceId Workspace { get; init; }
    public required string Id { get; init; }

    /// <summary>Unique in the workspace.</summary>
    public required string Shortcut { get; init; }

    public required string Text { get; init; }

    /// <summary>Uploaded attachments.</summary>
    public IReadOnlyList<string> AttachmentIds { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    string IResource.UniqueName => Shortcut;
}
