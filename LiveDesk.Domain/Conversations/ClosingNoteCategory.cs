using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Conversations;

/// <summary>A category of closing notes. A deleted one stays on the conversations that were closed with it.</summary>
public sealed record ClosingNoteCategory : IResource
{
    public static string Kind => "category";

    public required WorkspaceId Workspace { get; init; }
    public required string Id { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    string IResource.UniqueName => Name;
}

public static class ClosingNoteCategories
{
    /// <summary>The one that goes by an id or, whatever its case, by a name; null: none does.</summary>
    public static ClosingNoteCategory? Called(this IEnumerable<ClosingNoteCategory> known, string idOrName) =>
        known.FirstOrDefault(c => c.Id == idOrName || c.Name.Equals(idOrName.Trim(), StringComparison.OrdinalIgnoreCase));
}
