using LiveDesk.Domain.Messaging;

namespace LiveDesk.Domain.Channels;

/// <summary>A webhook as it arrived: nothing decoded, nothing trimmed, since signatures are made over the raw form.</summary>
/// <param name="PublicUrl">The URL as the provider requested it, path and query included.</param>
public sealed record WebhookRequest(
    string Method, Uri PublicUrl, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>Header names are compared without case.</summary>
    public string? Header(string name) => Headers.TryGetValue(name, out string? value) ? value : null;
}

/// <summary>Whether a webhook may be believed, and if not, why.</summary>
public enum WebhookVerdict
{
    Authentic,
    SignatureMissing,
    SignatureWrong,
    CredentialsMissing,
    CredentialsWrong,

    /// <summary>Signed for another account or number than the channel's.</summary>
    WrongAccount,
}

/// <summary>What the provider expects to hear.</summary>
public sealed record WebhookReply(int Status, string? ContentType = null, string? Body = null)
{
    public static readonly WebhookReply Empty = new(200);
}

/// <param name="Events">In the order they stand in the body.</param>
/// <param name="Unknown">Kinds of well-formed events that the desk does not know; counted, answered 200.</param>
/// <param name="Reply">What to answer once the events are on the queue.</param>
/// <param name="Malformed">Why the body cannot be understood; then nothing else is set.</param>
public sealed record ParsedWebhook(
    IReadOnlyList<InboundEvent> Events, IReadOnlyList<string> Unknown, WebhookReply Reply, string? Malformed = null)
{
    public static ParsedWebhook NotUnderstood(string why) => new([], [], WebhookReply.Empty, why);
}
