using System.Text.Json.Serialization;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>A customer's message, as the control API takes it.</summary>
internal sealed record InboundRequest
{
    /// <summary>Customer: <c>+15550001111</c>, <c>whatsapp:+15550001111</c> or <c>whatsapp:IN.2081978709342942</c>.</summary>
    public required string From { get; init; }

    /// <summary>Our number; with the channel prefix, or that of <see cref="From"/>. The only registered number if null.</summary>
    public string? To { get; init; }

    public string? Text { get; init; }

    /// <summary>Sent as it is: the desk will fetch it, or refuse to.</summary>
    public string? MediaUrl { get; init; }

    /// <summary>Type of <see cref="MediaUrl"/>; alone, a small sample file of that type is sent.</summary>
    public string? ContentType { get; init; }

    /// <summary>Several files.</summary>
    public IReadOnlyList<InboundMedia> Media { get; init; } = [];

    /// <summary>WhatsApp: display name.</summary>
    public string? ProfileName { get; init; }

    /// <summary>WhatsApp: business-scoped user id of a customer whose number is visible too.</summary>
    public string? ExternalUserId { get; init; }

    public double? Latitude { get; init; }

    public double? Longitude { get; init; }

    public string? Address { get; init; }

    public string? Label { get; init; }

    public InboundButton? Button { get; init; }

    /// <summary>SID of the message that is quoted.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>WhatsApp: overrides <c>MessageType</c>.</summary>
    public string? MessageType { get; init; }

    /// <summary>SID to use; a new one if null. Using one again sends a duplicate.</summary>
    public string? MessageSid { get; init; }

    /// <summary>Further fields, or other values for those above.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary>In place of the registered webhook.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>In place of the registered account.</summary>
    public string? AccountSid { get; init; }

    /// <summary>In place of the account's; a wrong one sends a wrong signature.</summary>
    public string? AuthToken { get; init; }

    public string? MessagingServiceSid { get; init; }
}

/// <summary>A file of a customer's message: by address, by content, or a sample of its type.</summary>
internal sealed record InboundMedia
{
    public required string ContentType { get; init; }

    public string? Url { get; init; }

    public string? Base64 { get; init; }

    /// <summary>Content as text.</summary>
    [JsonPropertyName("content")]
    public string? Text { get; init; }
}

/// <summary>A tap on a button.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Payload">Its developer value; the text if null.</param>
/// <param name="Type"><c>REPLY</c> unless given.</param>
internal sealed record InboundButton(string Text, string? Payload = null, string Type = "REPLY");
