using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Conversations;
using LiveDesk.Domain.Events;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Contacts;

/// <summary>A state as it was read, with the versions that a write is conditional on.</summary>
/// <param name="ContactVersion">The store's version of the contact row; null if there is none.</param>
/// <param name="ConversationVersion">The store's version of the latest conversation's row; null if there is none.</param>
public sealed record ContactSnapshot(
    WorkspaceId Workspace, ContactId Id, ContactState State, string? ContactVersion, string? ConversationVersion);

/// <summary>
/// The name of something that must happen once for a contact: an inbound provider id, an automatic message, a client's idempotency key.
/// Inserted together with the effect.
/// </summary>
public sealed record SeenKey
{
    private SeenKey(string value) => Value = value;

    public string Value { get; }

    public static SeenKey Inbound(ChannelId channel, string providerId) => new($"{channel}:{providerId}");

    /// <summary>Finds a sent message by the provider's id where a receipt carries nothing else.</summary>
    public static SeenKey Sent(ChannelId channel, string providerId) => new($"sent:{channel}:{providerId}");

    /// <summary>One automatic message: <c>greeting:{conversation}</c>.</summary>
    public static SeenKey Automatic(string name) => new($"auto:{name}");

    public static SeenKey Request(string idempotencyKey) => new($"request:{idempotencyKey}");
}

/// <param name="Fingerprint">Of the request that came first under an idempotency key; null elsewhere.</param>
public sealed record SeenRecord(MessageId? Message, string? Fingerprint, DateTimeOffset At);

/// <summary>A message waiting for its provider, in the contact's order.</summary>
/// <param name="Message">As posted; the message row equals it until the send ends.</param>
/// <param name="NotBefore">The provider asked to wait until then.</param>
/// <param name="WindowExpiresAt">Until when free text was allowed at posting; the window can only have moved on since.</param>
/// <param name="AttemptedAt">When the last attempt's call began, if its outcome was never written.</param>
/// <param name="Since">When a person sent it again; null: since it was posted.</param>
/// <param name="Owed">Goes out also to who has opted out.</param>
/// <param name="ServerError">The provider's own error that ended the last attempt: if the provider then does not list it, it was not taken.</param>
public sealed record PendingSend(
    Message Message,
    ContactIdentity To,
    DateTimeOffset? WindowExpiresAt,
    DateTimeOffset? NotBefore = null,
    DateTimeOffset? AttemptedAt = null,
    int Lookups = 0,
    DateTimeOffset? Since = null,
    bool Owed = false,
    string? ServerError = null)
{
    /// <summary>How long it has been tried for is counted from here.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset Began => Since ?? Message.ReceivedAt;
}

/// <summary>Events that are stored but not yet told to the rest of the system.</summary>
/// <param name="Sequence">Of the contact when they were written; later entries are newer.</param>
/// <param name="Contact">As it was then; null if the events touch neither contact nor conversation.</param>
/// <param name="Place">Where the conversation stood in the lists before; null if it had just been opened.</param>
public sealed record OutboxEntry(
    long Sequence, IReadOnlyList<DomainEvent> Events, Contact? Contact = null, Conversation? Conversation = null, InboxPlace? Place = null);

/// <summary>One transaction on a contact partition, whole or not at all.</summary>
public sealed record ContactWrite(
    ContactState After,
    IReadOnlyList<Message> Messages,
    IReadOnlyList<PendingSend> Sends,
    OutboxEntry? Outbox,
    SeenKey? Seen,
    SeenRecord? SeenRecord);

public enum CommitOutcome
{
    Committed,

    /// <summary>Somebody else wrote first: read again, decide again.</summary>
    Conflict,

    /// <summary>The seen key is there already: the effect has happened.</summary>
    AlreadySeen,
}
