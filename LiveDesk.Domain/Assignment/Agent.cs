using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Assignment;

public enum Presence
{
    Offline,
    Busy,
    Online,
}

public enum Role
{
    Agent,
    Supervisor,
    Admin,
}

/// <summary>A person who answers customers.</summary>
public sealed record Agent
{
    public required WorkspaceId Workspace { get; init; }
    public required AgentId Id { get; init; }
    public required string Name { get; init; }
    public string? Email { get; init; }
    public Role Role { get; init; } = Role.Agent;

    /// <summary>Conversations held at the most; 0 takes none, null: as the channel says.</summary>
    public int? Limit { get; init; }

    public Presence Presence { get; init; } = Presence.Offline;

    /// <summary>The presence is void after this unless it is told again (a heartbeat); null: it stands until it is changed.</summary>
    public DateTimeOffset? PresenceUntil { get; init; }

    /// <summary>When the presence became what it is; null: never told.</summary>
    public DateTimeOffset? PresenceSince { get; init; }

    /// <summary>When somebody will look whether the heartbeat goes on; null: nobody. Of several who look, this is the one that counts.</summary>
    public DateTimeOffset? WatchedAt { get; init; }

    /// <summary>Open conversations held now, over all channels; equals the number of slots.</summary>
    public int Held { get; init; }

    /// <summary>When automation last gave this person a conversation.</summary>
    public DateTimeOffset? LastAssignedAt { get; init; }

    /// <summary>When automation last gave this person a conversation, by channel id; the order of channels that are served in turn.</summary>
    public IReadOnlyDictionary<string, DateTimeOffset> Turns { get; init; } = new Dictionary<string, DateTimeOffset>();

    public required DateTimeOffset CreatedAt { get; init; }

    public bool IsOnline(DateTimeOffset now) => PresenceAt(now) == Presence.Online;

    /// <summary>Whoever's heartbeat has stopped is offline.</summary>
    public Presence PresenceAt(DateTimeOffset now) => PresenceUntil <= now ? Presence.Offline : Presence;

    /// <summary>With a heartbeat that has stopped written down: offline since then.</summary>
    public Agent Settled(DateTimeOffset now) => PresenceUntil is { } ended && ended <= now
        ? this with { Presence = Presence.Offline, PresenceUntil = null, PresenceSince = ended }
        : this;

    public Agent WithTurn(ChannelId channel, DateTimeOffset at) =>
        this with { Turns = new Dictionary<string, DateTimeOffset>(Turns) { [channel.Value] = at } };
}

public sealed record AgentSnapshot(Agent Agent, string Version);
