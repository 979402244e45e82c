namespace LiveDesk.Domain.Channels;

/// <summary>One credential of a provider, by its name in the API.</summary>
/// <param name="Secret">Never shown again; <c>********</c> stands in its place.</param>
/// <param name="IsFlag">True or false instead of text.</param>
public sealed record CredentialField(string Name, bool Required, bool Secret, bool IsFlag = false);

/// <summary>What a provider can do; facts, not settings.</summary>
public sealed record ProviderTraits
{
    /// <summary>As in URLs and in the API: <c>twilio</c>.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<ChannelType> Types { get; init; }
    public required IReadOnlyList<CredentialField> Credentials { get; init; }

    /// <summary>The longest text of one message, in UTF-16 units.</summary>
    public required int MaximumTextLength { get; init; }

    /// <summary>Messages a second that a channel may send unless the provider says otherwise.</summary>
    public required double DefaultRate { get; init; }

    /// <summary>Whether the provider can be asked what became of a send whose answer was lost.</summary>
    public bool CanLookUp { get; init; }

    public bool HasTemplates { get; init; }

    /// <summary>Whether a voice note can be sent as one (else it goes as an audio file).</summary>
    public bool SendsVoice { get; init; }

    /// <summary>Which files a message of each kind of channel may carry; absent: none.</summary>
    public IReadOnlyDictionary<ChannelType, MediaLimits> Media { get; init; } = new Dictionary<ChannelType, MediaLimits>();

    public MediaLimits MediaOf(ChannelType type) => Media.GetValueOrDefault(type, MediaLimits.None);
}
