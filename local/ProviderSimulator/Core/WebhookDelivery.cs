namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>A webhook with what happened to it.</summary>
public sealed class WebhookDelivery(string id, Webhook webhook, DateTimeOffset createdAt)
{
    private readonly Lock _gate = new();
    private readonly List<WebhookAttempt> _attempts = [];
    private WebhookOutcome _outcome = WebhookOutcome.Pending;

    public string Id { get; } = id;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public Webhook Webhook { get; } = webhook;

    public WebhookOutcome Outcome
    {
        get { lock (_gate) return _outcome; }
    }

    public IReadOnlyList<WebhookAttempt> Attempts
    {
        get { lock (_gate) return [.. _attempts]; }
    }

    internal void Add(WebhookAttempt attempt)
    {
        lock (_gate) _attempts.Add(attempt);
    }

    internal void End(WebhookOutcome outcome)
    {
        lock (_gate) _outcome = outcome;
    }
}
