using LiveDesk.Domain.Events;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

/// <summary>
/// Who is there. A heartbeat is one read and one write; one work item for each person, which shows up when the heartbeat is due to stop and puts
/// itself off while it goes on, notices that it has stopped.
/// </summary>
public sealed class ManagePresence(IDeskStore desk, IEventFeed feed, OwnerAway away, IWorkQueues queues, TimeProvider time)
{
    private const int Attempts = 20;

    private static readonly TimeSpan ShortestHeartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestHeartbeat = TimeSpan.FromDays(1);

    private static readonly TimeSpan SafetyDelay = TimeSpan.FromSeconds(30);

    /// <param name="lasts">The presence is void after this unless it is told again (a heartbeat); null: it stands until it is changed.</param>
    /// <param name="expected">The version that the caller read; null: any.</param>
    public async Task<Result<AgentSnapshot>> SetAsync(
        WorkspaceId workspace, AgentId id, Presence presence, TimeSpan? lasts, Func<string, bool>? expected, CancellationToken cancellationToken)
    {
        if (lasts < ShortestHeartbeat || lasts > LongestHeartbeat) return Refusal.Malformed("expiresAfter", "PT10S to P1D, or null.");
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await desk.FindAgentAsync(workspace, id, cancellationToken) is not { } read) return Refusal.NotFound("agent");
            if (expected?.Invoke(read.Version) == false) return new Refusal(RefusalKind.Stale, "stale", "The agent has been changed since you read it.");
            DateTimeOffset now = time.GetUtcNow();
            Agent was = read.Agent.Settled(now);
            Agent next = Told(was, presence, lasts, now);
            if (next == read.Agent) return read;
            if (next.WatchedAt is { } at && at != was.WatchedAt)
                await queues.PutAsync(new PresenceWork(workspace, id, at), cancellationToken, at - now);
            bool news = next.Presence != read.Agent.Presence || was != read.Agent;
            HiddenWork? hidden = news
                ? await queues.PutHiddenAsync(new PresenceWork(workspace, id, now, Changed: true), SafetyDelay, cancellationToken)
                : null;
            AgentSnapshot? saved = await desk.ReplaceAgentAsync(read, next, cancellationToken);
            if (saved is not null && was != read.Agent) await TellAsync(was, cancellationToken);
            if (saved is not null && news) await FollowAsync(next, cancellationToken);
            if (hidden is not null) await queues.RemoveAsync(hidden, cancellationToken);
            if (saved is not null) return saved;
        }
        return new Refusal(RefusalKind.Unavailable, "busy", "The agent is being changed by others. Try again.");
    }

    /// <summary>The queue's part. Safe to repeat.</summary>
    public async Task LookAsync(PresenceWork work, CancellationToken cancellationToken)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            if (await desk.FindAgentAsync(work.Workspace, work.Agent, cancellationToken) is not { } read) return;
            if (!work.Changed && read.Agent.WatchedAt != work.At) return;
            DateTimeOffset now = time.GetUtcNow();
            Agent next = read.Agent.Settled(now);
            if (!work.Changed && next.PresenceUntil is { } until)
            {
                await queues.PutAsync(work with { At = until }, cancellationToken, until - now);
                next = next with { WatchedAt = until };
            }
            if (next != read.Agent && await desk.ReplaceAgentAsync(read, next, cancellationToken) is null) continue;
            if (work.Changed || next.Presence == Presence.Offline) await FollowAsync(next, cancellationToken);
            return;
        }
        throw new InvalidOperationException($"The presence of {work.Agent} does not come to rest.");
    }

    /// <summary>A heartbeat that lasts longer than what is watched is noticed by whoever looks then.</summary>
    private static Agent Told(Agent was, Presence presence, TimeSpan? lasts, DateTimeOffset now)
    {
        DateTimeOffset? until = presence == Presence.Offline ? null : now + lasts;
        bool watched = was.WatchedAt > now && was.WatchedAt <= until;
        return was with
        {
            Presence = presence,
            PresenceUntil = until,
            PresenceSince = presence == was.Presence && was.PresenceSince is not null ? was.PresenceSince : now,
            WatchedAt = watched ? was.WatchedAt : until,
        };
    }

    private async Task FollowAsync(Agent agent, CancellationToken cancellationToken)
    {
        await TellAsync(agent, cancellationToken);
        if (agent.Presence == Presence.Online) await queues.PutAsync(new DrainWork(agent.Workspace), cancellationToken);
        if (agent.Presence == Presence.Offline) await away.LeftAsync(agent, cancellationToken);
    }

    private Task TellAsync(Agent agent, CancellationToken cancellationToken) => agent.PresenceSince is { } since
        ? feed.AppendAsync(agent.Workspace, [DeskNews.Presence(agent.Id, agent.Presence, since)], cancellationToken)
        : Task.CompletedTask;
}
