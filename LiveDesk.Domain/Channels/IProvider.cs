using LiveDesk.Domain.Contacts;
using LiveDesk.Domain.Messaging;
using LiveDesk.Domain.Workspaces;

namespace LiveDesk.Domain.Channels;

/// <summary>One provider, whole. An implementation lives in a folder of its own and nothing else knows its name.</summary>
public interface IProvider
{
    ProviderTraits Traits { get; }

    /// <summary>Whether the credentials are complete and well-formed for this kind of channel; errors name the fields.</summary>
    IReadOnlyList<FieldError> Validate(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials);

    /// <summary>What no two channels may share: the number, the service, the page. Lower case, with a prefix that tells which.</summary>
    string AddressOf(ChannelType type, string? phoneNumber, IReadOnlyDictionary<string, string> credentials);

    /// <summary>What a channel that is set up like this lacks, in words; its health says so. Null: nothing.</summary>
    string? Caveat(Channel channel) => null;

    /// <summary>Asks the provider whether the credentials are good.</summary>
    /// <returns>Null, or a refusal <c>credentials_refused</c> that names the field.</returns>
    Task<Refusal?> CheckCredentialsAsync(Channel channel, CancellationToken cancellationToken);

    /// <summary>Pure: looks at the raw request only.</summary>
    WebhookVerdict Verify(Channel channel, WebhookRequest request, DateTimeOffset now);

    /// <summary>Pure. Called only for an authentic request.</summary>
    ParsedWebhook Parse(Channel channel, WebhookRequest request, DateTimeOffset now);

    /// <summary>One call to the provider at most; never throws for what a provider or a network may do.</summary>
    Task<SendOutcome> SendAsync(OutboundMessage message, CancellationToken cancellationToken);

    /// <summary>What became of a send whose answer was lost; called only if <see cref="ProviderTraits.CanLookUp"/>.</summary>
    /// <param name="isKnown">Whether an id of the provider belongs to another message of ours, which then is not the lost one.</param>
    Task<LookupOutcome> LookUpAsync(
        OutboundMessage message, DateTimeOffset attemptedAt, Func<string, Task<bool>> isKnown, CancellationToken cancellationToken);

    /// <summary>For whom the message with this id of the provider was; called only for a receipt that does not say it.</summary>
    /// <returns>Null: the provider does not know, cannot be asked, or did not answer.</returns>
    Task<ContactIdentity?> FindRecipientAsync(Channel channel, string providerId, CancellationToken cancellationToken) =>
        Task.FromResult<ContactIdentity?>(null);
}

/// <summary>The providers that this deployment has.</summary>
public interface IProviderCatalog
{
    IReadOnlyList<ProviderTraits> All { get; }

    IProvider? Find(string name);
}
