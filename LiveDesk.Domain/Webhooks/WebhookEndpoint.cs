using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Webhooks;

/// <summary>An address of somebody else's that wants to be told of events.</summary>
public sealed record WebhookEndpoint : IResource
{
    public const int MaximumPerWorkspace = 50;

    /// <summary>Stands for all types, those to come included.</summary>
    public const string AllEvents = "*";

    /// <summary>How long receivers have to learn a new secret.</summary>
    public static readonly TimeSpan SecretOverlap = TimeSpan.FromHours(24);

    public static string Kind => "webhook";

    public required WorkspaceId Workspace { get; init; }
    public required string Id { get; init; }
    public required Uri Url { get; init; }

    /// <summary>Types of events, or <see cref="AllEvents"/>.</summary>
    public required IReadOnlyList<string> Events { get; init; }

    public bool Active { get; init; } = true;

    /// <summary>The key that messages are signed with, encrypted.</summary>
    public required string ProtectedSecret { get; init; }

    /// <summary>The key before the last rotation, with which messages are signed too until <see cref="PreviousSecretUntil"/>.</summary>
    public string? PreviousProtectedSecret { get; init; }

    public DateTimeOffset? PreviousSecretUntil { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the desk itself switched it off; null while it has not.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>Why: <c>gone</c> (it answered 410) or <c>failing</c> (nothing got through for three days).</summary>
    public string? DisabledReason { get; init; }

    public bool Wants(string type) => Active && Events.Any(wanted => wanted == type || wanted == AllEvents);
}
