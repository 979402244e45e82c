using System.Text.Json.Serialization;
using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Messaging;

/// <summary>What one webhook says, in the desk's words. Times are the provider's; null where it gives none.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(InboundMessage), "message")]
[JsonDerivedType(typeof(InboundReceipt), "receipt")]
[JsonDerivedType(typeof(InboundWatermark), "watermark")]
[JsonDerivedType(typeof(InboundWelcome), "welcome")]
[JsonDerivedType(typeof(InboundEcho), "echo")]
[JsonDerivedType(typeof(InboundAddresses), "addresses")]
[JsonDerivedType(typeof(InboundNotice), "notice")]
[JsonDerivedType(typeof(InboundSubscription), "subscription")]
public abstract record InboundEvent
{
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>When its webhook came to the door.</summary>
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>The customer whom it names; null if it is about the channel, or about a message of ours only.</summary>
    [JsonIgnore]
    public InboundSender? Customer => this switch
    {
        InboundMessage message => message.From,
        InboundReceipt receipt => receipt.Recipient,
        InboundWatermark watermark => watermark.From,
        InboundWelcome welcome => welcome.From,
        InboundEcho echo => echo.To,
        InboundAddresses addresses => addresses.From,
        InboundSubscription subscription => subscription.From,
        _ => null,
    };
}

/// <summary>The customer at the other end of a webhook.</summary>
/// <param name="Identities">The best address first; all of them belong to one person.</param>
public sealed record InboundSender(IReadOnlyList<ContactIdentity> Identities, string? Name = null, string? Language = null);

/// <summary>The customer wrote.</summary>
public sealed record InboundMessage : InboundEvent
{
    /// <summary>The provider's id, unique within the channel; a message comes in once under it.</summary>
    public required string ProviderId { get; init; }

    public required InboundSender From { get; init; }
    public required MessageContent Content { get; init; }

    /// <summary>The provider's id of the message that is answered or reacted to.</summary>
    public string? ReplyToProviderId { get; init; }

    /// <summary>Our own id of that message, if the provider echoes it.</summary>
    public MessageId? ReplyTo { get; init; }

    /// <summary>What the provider or the text says, on channels that have such keywords.</summary>
    public OptOutKeyword OptOut { get; init; }

    /// <summary>Nobody on the way answers the keyword: the desk owes the customer one answer.</summary>
    public bool OwesKeywordReply { get; init; }
}

/// <summary>What became of a message that the desk sent.</summary>
public sealed record InboundReceipt : InboundEvent
{
    public required DeliveryStatus Status { get; init; }
    public required string ProviderId { get; init; }

    /// <summary>Our message id, which travelled with the send.</summary>
    public MessageId? MessageId { get; init; }

    /// <summary>Whom the message was for; finds it by <see cref="ProviderId"/> where our own id did not travel with the send.</summary>
    public InboundSender? Recipient { get; init; }

    public DeliveryFailure? Failure { get; init; }

    /// <summary>The failure says that the recipient has opted out.</summary>
    public bool OptedOut { get; init; }
}

/// <summary>Everything sent to this customer up to <see cref="InboundEvent.OccurredAt"/> was delivered or read.</summary>
public sealed record InboundWatermark : InboundEvent
{
    public required DeliveryStatus Status { get; init; }
    public required InboundSender From { get; init; }
}

/// <summary>A customer arrived without writing (Get Started, conversation started); opens a conversation only if none is open.</summary>
public sealed record InboundWelcome : InboundEvent
{
    public required string ProviderId { get; init; }
    public required InboundSender From { get; init; }
    public Referral? Referral { get; init; }

    /// <summary>What the customer was told in the answer to the webhook itself; null: nothing.</summary>
    public string? Answered { get; init; }
}

/// <summary>A person of the company wrote from the provider's own app; it counts as a human reply.</summary>
public sealed record InboundEcho : InboundEvent
{
    public required string ProviderId { get; init; }
    public required InboundSender To { get; init; }
    public required MessageContent Content { get; init; }
}

/// <summary>A known customer has got another address (a new number, a new user id).</summary>
public sealed record InboundAddresses : InboundEvent
{
    /// <summary>The new address first, then the ones that it follows.</summary>
    public required InboundSender From { get; init; }
}

/// <summary>The provider says something about the channel itself.</summary>
public sealed record InboundNotice : InboundEvent
{
    public required string Kind { get; init; }
    public required ChannelHealthState Health { get; init; }
    public required string Reason { get; init; }
}

/// <summary>The customer allows messages, or forbids them, without writing one (Viber's subscribed and unsubscribed).</summary>
public sealed record InboundSubscription : InboundEvent
{
    public required InboundSender From { get; init; }
    public required bool Subscribed { get; init; }
}
