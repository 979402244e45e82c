namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>A webhook to send.</summary>
public sealed record Webhook
{
    public required string Provider { get; init; }

    /// <summary><c>inbound</c> or <c>status</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The provider's id of the message that it is about.</summary>
    public string? MessageId { get; init; }

    /// <summary>Where it goes, as registered.</summary>
    public required string Url { get; init; }

    public required string ContentType { get; init; }

    public required string Body { get; init; }

    /// <summary>Signature, idempotency token and the like; the same for every repetition.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();
}

/// <summary>How long and how often a webhook is tried.</summary>
public sealed record WebhookPolicy(int Retries, WebhookRetryOn RetryOn, TimeSpan RetryDelay, TimeSpan AttemptTimeout, TimeSpan TotalTimeout)
{
    public static WebhookPolicy Of(MessagingSettings settings) => new(
        settings.WebhookRetries,
        settings.WebhookRetryOn,
        settings.WebhookRetryDelay,
        settings.WebhookAttemptTimeout,
        settings.WebhookTotalTimeout);
}

/// <summary>One try.</summary>
/// <param name="At">When it began.</param>
/// <param name="Status">What the desk answered; null if it did not.</param>
/// <param name="Answer">The body of the answer.</param>
/// <param name="AnswerType">Its content type.</param>
/// <param name="Error">Why there was no answer.</param>
public sealed record WebhookAttempt(DateTimeOffset At, int? Status, string? Answer, string? AnswerType, string? Error)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>What became of a webhook.</summary>
public enum WebhookOutcome
{
    /// <summary>Not sent yet, or being tried.</summary>
    Pending,

    /// <summary>Answered with 2xx.</summary>
    Delivered,

    /// <summary>Given up.</summary>
    Failed,

    /// <summary>Never sent, by a fault.</summary>
    Dropped,
}
