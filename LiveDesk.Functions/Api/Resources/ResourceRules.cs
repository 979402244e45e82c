using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Functions.Api.Resources;

/// <summary>What makes a kind of small document a resource of the API; the mechanics are <see cref="ResourceApi{T,TRequest,TView}"/>'s.</summary>
/// <typeparam name="TRequest">What a client sends to make one.</typeparam>
/// <typeparam name="TView">What a client is shown.</typeparam>
internal abstract class ResourceRules<T, TRequest, TView>
    where T : class, IResource
    where TRequest : class
    where TView : class
{
    /// <summary>The path below the workspace, such as <c>teams</c>.</summary>
    public abstract string Path { get; }

    /// <summary>The kind in codes and in the audit log, such as <c>routing_rule</c>.</summary>
    public abstract string Noun { get; }

    /// <summary>What ids begin with.</summary>
    public abstract string IdPrefix { get; }

    /// <summary>The request's field that holds the name that only one may have.</summary>
    public virtual string NameField => "name";

    /// <summary>Where it stands in the list, compared ordinally; different for each.</summary>
    public virtual string OrderOf(T value) => value.Id;

    /// <summary>How many a workspace may have.</summary>
    public virtual int Maximum => 1_000;

    /// <summary>The document as a request that would make it; a partial change is merged into it. Secrets are masked.</summary>
    public abstract TRequest RequestOf(T value);

    public abstract TView View(T value);

    /// <summary>For people who read the audit log.</summary>
    public abstract string NameOf(T value);

    /// <summary>Checks a request and makes the document of it.</summary>
    /// <param name="draft">Workspace, id and time of creation of the document to make.</param>
    /// <param name="before">The document as it is; null for a new one.</param>
    public abstract Task<Result<T>> BuildAsync(ResourceDraft draft, TRequest request, T? before, CancellationToken cancellationToken);

    /// <summary>What is left to do when the document is gone; null: nothing.</summary>
    public virtual WorkItem? LeftBehind(T value) => null;

    /// <returns>409 if something else names the document; null if it may go.</returns>
    public virtual Task<Refusal?> InUseAsync(T value, CancellationToken cancellationToken) => Task.FromResult<Refusal?>(null);
}

/// <summary>What a document has before anybody says what is in it.</summary>
internal sealed record ResourceDraft(WorkspaceId Workspace, string Id, DateTimeOffset CreatedAt);
