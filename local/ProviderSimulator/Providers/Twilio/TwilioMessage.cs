namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>A message, in either direction. What changes is guarded by the <see cref="TwilioState"/> that holds it.</summary>
internal sealed class TwilioMessage
{
    public required string Sid { get; init; }

    public required string AccountSid { get; init; }

    public required TwilioAddress To { get; init; }

    /// <summary>Null while a service has not chosen it.</summary>
    public TwilioAddress? From { get; set; }

    public string? MessagingServiceSid { get; init; }

    public required string Body { get; init; }

    /// <summary><c>inbound</c>, <c>outbound-api</c>, or <c>outbound-reply</c> for the answer to a webhook.</summary>
    public required string Direction { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Status { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public int? ErrorCode { get; set; }

    public string? StatusCallback { get; init; }

    public string? ContentSid { get; init; }

    public IReadOnlyList<string> MediaUrls { get; init; } = [];

    public List<TwilioMedia> Media { get; } = [];

    /// <summary>Every field of the request, as sent.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    public List<TwilioStatusStep> Steps { get; } = [];

    public bool IsOutbound => Direction != "inbound";
}
