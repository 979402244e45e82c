namespace LiveDesk.Domain.Webhooks;

public enum WebhookDeliveryState
{
    /// <summary>To be tried, for the first time or again.</summary>
    Pending,

    Delivered,

    /// <summary>Given up; a replay starts it anew.</summary>
    Failed,
}

/// <param name="Status">The HTTP status that came back; null if none did.</param>
/// <param name="Failure">What went wrong, in words; null if nothing did.</param>
public sealed record WebhookAttempt(DateTimeOffset At, int? Status, string? Failure);

/// <summary>One event on its way to one endpoint. Retries and replays carry the same message id and the same body.</summary>
public sealed record WebhookDelivery
{
    private const int AttemptsKept = 100;

    public required string Id { get; init; }

    /// <summary>The event's id, which receivers tell repeated messages by.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>As it is sent, byte for byte.</summary>
    public required string Body { get; init; }

    public WebhookDeliveryState State { get; init; } = WebhookDeliveryState.Pending;

    /// <summary>The latest ones.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts { get; init; } = [];

    /// <summary>How many there were in all.</summary>
    public int AttemptCount { get; init; }

    /// <summary>How many of them were made before the last replay.</summary>
    public int Before { get; init; }

    /// <summary>Null unless it is pending.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>As it stands after one more attempt.</summary>
    public WebhookDelivery After(WebhookAnswer answer, DateTimeOffset now)
    {
        int failures = AttemptCount + 1 - Before;
        TimeSpan? delay = answer.Outcome == WebhookOutcome.Failed ? WebhookSchedule.DelayAfter(failures) : null;
        return this with
        {
            Attempts = [.. Attempts.Append(new WebhookAttempt(now, answer.Status, answer.Failure)).TakeLast(AttemptsKept)],
            AttemptCount = AttemptCount + 1,
            State = answer.Outcome == WebhookOutcome.Delivered ? WebhookDeliveryState.Delivered
                : delay is null ? WebhookDeliveryState.Failed : WebhookDeliveryState.Pending,
            NextAttemptAt = now + delay,
        };
    }

    /// <summary>Starts anew, with the same message.</summary>
    public WebhookDelivery Replayed(DateTimeOffset now) =>
        this with { State = WebhookDeliveryState.Pending, Before = AttemptCount, NextAttemptAt = now };

    /// <summary>Not tried any more, because its endpoint takes nothing.</summary>
    public WebhookDelivery GivenUp() => this with { State = WebhookDeliveryState.Failed, NextAttemptAt = null };
}

public enum WebhookOutcome
{
    Delivered,
    Failed,

    /// <summary>The receiver wants nothing any more (410).</summary>
    Gone,
}

/// <summary>What an attempt came to.</summary>
public sealed record WebhookAnswer(WebhookOutcome Outcome, int? Status, string? Failure)
{
    public static WebhookAnswer Of(int status) => status switch
    {
        >= 200 and <= 299 => new(WebhookOutcome.Delivered, status, null),
        410 => new(WebhookOutcome.Gone, status, "The receiver answered 410: it wants no more messages."),
        >= 300 and <= 399 => new(WebhookOutcome.Failed, status, $"The receiver answered {status}. Redirects are not followed: register the new address."),
        _ => new(WebhookOutcome.Failed, status, $"The receiver answered {status}."),
    };

    public static WebhookAnswer Unanswered(string failure) => new(WebhookOutcome.Failed, null, failure);
}
