namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>An account that may use the API.</summary>
internal sealed record TwilioAccount
{
    public required string AccountSid { get; init; }

    /// <summary>REST password and key of the webhook signatures.</summary>
    public required string AuthToken { get; init; }

    public string FriendlyName { get; init; } = "LiveDesk";

    /// <summary>Secrets by SID (SK...).</summary>
    public IReadOnlyDictionary<string, string> ApiKeys { get; init; } = new Dictionary<string, string>();

    /// <summary><c>active</c>, <c>suspended</c> or <c>closed</c>.</summary>
    public string Status { get; init; } = "active";
}

/// <summary>A number or WhatsApp sender of an account.</summary>
internal sealed record TwilioNumber
{
    public string Sid { get; init; } = TwilioSids.New("PN");

    public required string AccountSid { get; init; }

    public required TwilioAddress Address { get; init; }

    public string? WebhookUrl { get; init; }

    public string? FallbackUrl { get; init; }

    public string? StatusCallbackUrl { get; init; }

    public string? MessagingServiceSid { get; init; }

    /// <summary>Whether keywords are reported as <c>OptOutType</c>.</summary>
    public bool AdvancedOptOut { get; init; }
}

/// <summary>A messaging service.</summary>
internal sealed record TwilioService
{
    public required string Sid { get; init; }

    public required string AccountSid { get; init; }

    public string FriendlyName { get; init; } = "LiveDesk";

    public string? InboundRequestUrl { get; init; }

    public string? FallbackUrl { get; init; }

    public string? StatusCallback { get; init; }

    /// <summary>Whether inbound messages go to the number's webhook.</summary>
    public bool UseInboundWebhookOnNumber { get; init; } = true;
}

/// <summary>A content template.</summary>
internal sealed record TwilioContent
{
    public required string Sid { get; init; }

    public required string AccountSid { get; init; }

    public required string FriendlyName { get; init; }

    public string Language { get; init; } = "en";

    /// <summary>Text with placeholders <c>{{1}}</c>.</summary>
    public required string Body { get; init; }

    /// <summary>Default values by variable.</summary>
    public IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>WhatsApp's verdict: <c>approved</c>, <c>pending</c>, <c>rejected</c>, <c>paused</c> or <c>disabled</c>.</summary>
    public string ApprovalStatus { get; init; } = "approved";

    public string Category { get; init; } = "UTILITY";
}

/// <summary>A file of a message.</summary>
internal sealed record TwilioMedia(string Sid, string ContentType, byte[] Bytes, DateTimeOffset CreatedAt);

/// <summary>One step of a message.</summary>
/// <param name="Status">Twilio's word.</param>
/// <param name="At">When.</param>
/// <param name="ErrorCode">Why it failed.</param>
/// <param name="WebhookId">The callback that told so; null if nobody was told.</param>
internal sealed record TwilioStatusStep(string Status, DateTimeOffset At, int? ErrorCode, string? WebhookId);
