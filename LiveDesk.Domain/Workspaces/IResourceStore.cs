namespace LiveDesk.Domain.Workspaces;

/// <summary>A small document of a workspace that people manage over the API: a team, a rule, a snippet.</summary>
public interface IResource
{
    /// <summary>The first part of its row key: lower-case letters and hyphens.</summary>
    static abstract string Kind { get; }

    WorkspaceId Workspace { get; }

    string Id { get; }

    DateTimeOffset CreatedAt { get; }

    /// <summary>A name that only one of its kind may have, compared without regard to case; null: any number may share it.</summary>
    string? UniqueName => null;
}

/// <summary>A document with the version that a change of it is conditional on.</summary>
public sealed record Stored<T>(T Value, string Version);

/// <summary>The small documents of a workspace, one kind each. They share the desk partition; some thousands of a kind are fine.</summary>
public interface IResourceStore<T> where T : class, IResource
{
    /// <summary>All of the kind, by id.</summary>
    Task<IReadOnlyList<Stored<T>>> ListAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    /// <summary>As <see cref="ListAsync"/>, at most half a minute old where another host has changed them; mostly without a storage transaction.</summary>
    Task<IReadOnlyList<T>> ListRecentAsync(WorkspaceId workspace, CancellationToken cancellationToken);

    Task<Stored<T>?> FindAsync(WorkspaceId workspace, string id, CancellationToken cancellationToken);

    /// <returns>Null if the id or the unique name is taken.</returns>
    Task<Stored<T>?> AddAsync(T value, CancellationToken cancellationToken);

    Task<ReplaceResult<T>> ReplaceAsync(Stored<T> read, T next, CancellationToken cancellationToken);

    /// <returns>False if it has changed since it was read, or is gone.</returns>
    Task<bool> DeleteAsync(Stored<T> read, CancellationToken cancellationToken);
}

/// <summary>What became of a change: the new version, or why there is none.</summary>
/// <param name="NameTaken">Another one has the unique name; if false and nothing is saved, it has changed since it was read.</param>
public sealed record ReplaceResult<T>(Stored<T>? Saved, bool NameTaken);

/// <summary>Ids of small documents: a prefix and 16 characters of base 32.</summary>
public static class ResourceId
{
    public static string New(string prefix, IRandomSource random) => $"{prefix}_{Base32.Encode(random.Bytes(10))}";

    /// <summary>Whether a text from outside may be an id at all; anything else is never looked up.</summary>
    public static bool IsPlausible(string? text) =>
        text is { Length: > 3 and <= 64 } && text.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
}
