using System.Collections.Concurrent;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Webhooks;

/// <summary>
/// The endpoints of each workspace as this process last saw them. Every event asks for them, so they are kept for a minute; a change made by this
/// process counts at once, one made by another host within that minute.
/// </summary>
public sealed class WebhookEndpoints(IResourceStore<WebhookEndpoint> store, TimeProvider time)
{
    private static readonly TimeSpan CacheTime = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<WorkspaceId, (IReadOnlyList<WebhookEndpoint> Endpoints, DateTimeOffset Until)> _cache = new();

    public async Task<IReadOnlyList<WebhookEndpoint>> OfAsync(WorkspaceId workspace, CancellationToken cancellationToken)
    {
        if (_cache.TryGetValue(workspace, out var cached) && cached.Until > time.GetUtcNow()) return cached.Endpoints;
        WebhookEndpoint[] endpoints = [.. (await store.ListAsync(workspace, cancellationToken)).Select(e => e.Value)];
        _cache[workspace] = (endpoints, time.GetUtcNow() + CacheTime);
        return endpoints;
    }

    public void Changed(WorkspaceId workspace) => _cache.TryRemove(workspace, out _);
}
