using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Messaging;

public enum MessageDirection
{
    In,
    Out,
    Note,
    Event,
}

public enum MessageKind
{
    Text,
    Image,
    Audio,
    Voice,
    Video,
    Document,
    Location,
    Contacts,
    Interactive,
    Reaction,
    Template,
    Unsupported,
    Event,
}

public enum AttachmentState
{
    Pending,
    Ready,
    Failed,
}

/// <summary>A file of a message. A customer's file is <c>pending</c> until our own copy is stored.</summary>
/// <param name="Size">Bytes; null while unknown.</param>
/// <param name="Source">The provider's address or media id of a customer's file; never shown.</param>
/// <param name="Failure">Why there is no file, in words.</param>
/// <param name="Key">Finds our own copy in the file store; never shown.</param>
public sealed record Attachment(
    string Id,
    string ContentType,
    AttachmentState State,
    long? Size = null,
    string? FileName = null,
    string? Source = null,
    string? Failure = null,
    string? Key = null);

public sealed record Location(double Latitude, double Longitude, string? Name = null, string? Address = null);

/// <summary>A button or list row that the customer chose, or what an interactive message offers.</summary>
public sealed record Interaction(string? Id, string? Title, string? Description = null);

/// <summary>An advertisement or link that brought the customer here.</summary>
public sealed record Referral(string? SourceType, string? SourceId, string? SourceUrl, string? Headline, string? Body, string? Payload = null);

/// <summary>An approved template and what fills it.</summary>
public sealed record TemplateContent(string Name, string? Language, IReadOnlyDictionary<string, string> Variables, string? ProviderId = null);

/// <summary>What a message says, whichever provider carries it.</summary>
public sealed record MessageContent
{
    public required MessageKind Kind { get; init; }
    public string? Text { get; init; }
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];
    public Location? Location { get; init; }
    public Interaction? Interaction { get; init; }
    public Referral? Referral { get; init; }
    public TemplateContent? Template { get; init; }

    /// <summary>The provider's own kind and body, for kinds that the desk has no words for.</summary>
    public string? Raw { get; init; }

    /// <summary>Variables of the snippet it was made of that had no value and were left empty.</summary>
    public IReadOnlyList<string> MissingVariables { get; init; } = [];

    public static MessageContent OfText(string text) => new() { Kind = MessageKind.Text, Text = text };
}

/// <summary>Forward only; <see cref="Failed"/> gives way to a later receipt, <see cref="Unknown"/> to any.</summary>
public enum DeliveryStatus
{
    Queued,
    Sending,
    Sent,
    Delivered,
    Read,
    Failed,
    Unknown,
}

/// <param name="Code">The desk's own stable code (<c>window_closed</c>, <c>contact_opted_out</c>, <c>provider_refused</c> ...).</param>
/// <param name="ProviderCode">As the provider gives it.</param>
/// <param name="Message">In words: what it means and what to do.</param>
public sealed record DeliveryFailure(string Code, string? ProviderCode, string Message);

/// <summary>One try to hand a message to its provider; written before the call.</summary>
public sealed record SendAttempt(int Number, DateTimeOffset StartedAt, string? Outcome = null, string? ProviderId = null);

public sealed record Message
{
    public required MessageId Id { get; init; }
    public required MessageDirection Direction { get; init; }
    public required Actor Author { get; init; }
    public required MessageContent Content { get; init; }
    public ChannelId? Channel { get; init; }
    public MessageId? ReplyTo { get; init; }

    /// <summary>Set on outgoing messages only.</summary>
    public DeliveryStatus? Status { get; init; }

    public DeliveryFailure? Failure { get; init; }
    public string? ProviderId { get; init; }
    public IReadOnlyList<SendAttempt> Attempts { get; init; } = [];

    /// <summary>The provider's time; messages are shown in its order.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Ours.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
}
