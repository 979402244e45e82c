namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>How a provider reports statuses and calls webhooks. Durations are ISO 8601 in JSON.</summary>
public sealed record MessagingSettings
{
    /// <summary>Statuses that a sent message runs through by itself; none to push them by hand.</summary>
    public IReadOnlyList<string> AutoStatus { get; init; } = ["sent", "delivered"];

    /// <summary>Wait before each of them.</summary>
    public TimeSpan StatusDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Reports the first of them before the send is answered, as happens in a race.</summary>
    public bool StatusBeforeAnswer { get; init; }

    /// <summary>Repetitions of a webhook that failed.</summary>
    public int WebhookRetries { get; init; } = 1;

    /// <summary>Which failures are repeated.</summary>
    public WebhookRetryOn WebhookRetryOn { get; init; } = WebhookRetryOn.Connect;

    /// <summary>Wait before a repetition.</summary>
    public TimeSpan WebhookRetryDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait for one answer.</summary>
    public TimeSpan WebhookAttemptTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest time for a webhook, repetitions included.</summary>
    public TimeSpan WebhookTotalTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether media of customers needs the credentials of the account.</summary>
    public bool MediaNeedsCredentials { get; init; }
}

/// <summary>Which failures of a webhook are repeated.</summary>
public enum WebhookRetryOn
{
    /// <summary>Only if no connection came about.</summary>
    Connect,

    /// <summary>Also 5xx, time-outs and connections that broke: for tests that kill the desk.</summary>
    Any,
}
