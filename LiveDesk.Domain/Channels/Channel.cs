using LiveDesk.Domain.Assignment;
using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Channels;

public enum ChannelHealthState
{
    Ok,
    Degraded,
    Failed,
}

/// <summary>Whether the channel can do its work; receiving goes on in every state.</summary>
public sealed record ChannelHealth(ChannelHealthState State, string? Reason, DateTimeOffset? Since)
{
    public static readonly ChannelHealth Ok = new(ChannelHealthState.Ok, null, null);

    /// <param name="caveat">What is less than it could be, in words; null: nothing.</param>
    public static ChannelHealth Working(string? caveat, DateTimeOffset now) =>
        caveat is null ? Ok : new ChannelHealth(ChannelHealthState.Degraded, caveat, now);

    /// <summary>What is the same as before has lasted since before.</summary>
    public ChannelHealth Then(ChannelHealth next) => next.State == State && next.Reason == Reason ? this : next;
}

/// <summary>A number, page or bot through which customers write, and how it is set up.</summary>
public sealed record Channel
{
    public required WorkspaceId Workspace { get; init; }
    public required ChannelId Id { get; init; }
    public required string Name { get; init; }
    public required ChannelType Type { get; init; }

    /// <summary>The provider's name in URLs: <c>twilio whatsapp-cloud engagelab bandwidth messenger viber</c>. Never changes.</summary>
    public required string Provider { get; init; }

    public E164? PhoneNumber { get; init; }

    /// <summary>By the field names of the API; in clear only in memory.</summary>
    public required IReadOnlyDictionary<string, string> Credentials { get; init; }

    public required WebhookToken WebhookToken { get; init; }
    public ChannelSettings Settings { get; init; } = new();
    public IReadOnlyList<AgentId> AgentIds { get; init; } = [];
    public ChannelHealth Health { get; init; } = ChannelHealth.Ok;
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>A channel that has been deleted, for what had happened on it; nobody is a member, and no provider carries anything over it.</summary>
    public static Channel Gone(WorkspaceId workspace, ChannelId id) => new()
    {
        Workspace = workspace,
        Id = id,
        Name = "",
        Type = ChannelType.Sms,
        Provider = "",
        Credentials = new Dictionary<string, string>(),
        WebhookToken = new WebhookToken(""),
        Health = new ChannelHealth(ChannelHealthState.Failed, "The channel has been deleted.", null),
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    /// <summary>A credential that the channel has, or null.</summary>
    public string? Credential(string name) => Credentials.TryGetValue(name, out string? value) && value.Length > 0 ? value : null;

    /// <summary>A switch among the credentials, such as <c>useMessagingService</c>.</summary>
    public bool Flag(string name) => Credential(name) == "true";
}

/// <summary>The unguessable part of a webhook URL (128 bits), and the one before it while a rotation overlaps.</summary>
public sealed record WebhookToken(string Current, string? Previous = null, DateTimeOffset? PreviousUntil = null)
{
    public bool Accepts(string token, DateTimeOffset now) =>
        FixedTime.Equal(token, Current) || (Previous is not null && now < PreviousUntil && FixedTime.Equal(token, Previous));
}
