using LiveDesk.Domain.Channels;
using LiveDesk.Domain.Contacts;

namespace LiveDesk.Domain.Messaging;

/// <summary>What a provider is asked to carry.</summary>
/// <param name="WebhookUrl">The channel's webhook; a provider that reports by URL gets it with our message id.</param>
/// <param name="ReplyToProviderId">The provider's id of the message that is answered.</param>
/// <param name="Media">Public, short-lived addresses of the attachments, in order.</param>
public sealed record OutboundMessage(
    Channel Channel, ContactIdentity To, Message Message, Uri WebhookUrl, string? ReplyToProviderId, IReadOnlyList<OutboundMedia> Media);

public sealed record OutboundMedia(Attachment Attachment, Uri Url);

/// <summary>How one call to a provider ended.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The provider has the message, under this id.</summary>
    public sealed record Accepted(string ProviderId) : SendOutcome;

    /// <summary>A permanent no; trying again gives the same answer.</summary>
    /// <param name="OptedOut">The recipient has opted out with the provider.</param>
    /// <param name="ChannelBroken">The fault is the channel's (credentials, suspension), not the message's.</param>
    public sealed record Refused(DeliveryFailure Failure, bool OptedOut = false, bool ChannelBroken = false) : SendOutcome;

    /// <summary>Surely not taken: a 429, or no connection was made. Safe to try again.</summary>
    public sealed record NotTaken(TimeSpan? RetryAfter, string Reason) : SendOutcome;

    /// <summary>A server error: probably not taken. Tried again, after a look-up where the provider has one.</summary>
    public sealed record ServerError(TimeSpan? RetryAfter, string Reason) : SendOutcome;

    /// <summary>The request left and no answer came: it may have been taken. Never sent again blindly.</summary>
    public sealed record Ambiguous(string Reason) : SendOutcome;
}

/// <summary>What a look-up of a lost send says.</summary>
public abstract record LookupOutcome
{
    private LookupOutcome()
    {
    }

    public sealed record Found(string ProviderId, DeliveryStatus Status, DeliveryFailure? Failure = null) : LookupOutcome;

    /// <summary>The provider answered and does not know it.</summary>
    public sealed record NotFound : LookupOutcome;

    /// <summary>The provider could not be asked.</summary>
    public sealed record Unavailable(string Reason) : LookupOutcome;
}
