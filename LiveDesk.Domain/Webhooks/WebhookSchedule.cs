namespace LiveDesk.Domain.Webhooks;

/// <summary>When a delivery that failed is tried again: after 5 s, 30 s, 2 min, 10 min, 30 min, then hourly for 72 hours.</summary>
public static class WebhookSchedule
{
    /// <summary>An endpoint that nothing gets through to for so long is switched off.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(72);

    private const int HourlyAttempts = 72;

    private static readonly TimeSpan[] First =
        [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30)];

    /// <param name="failures">How many attempts have failed, from 1.</param>
    /// <returns>Null: it is not tried again.</returns>
    public static TimeSpan? DelayAfter(int failures) =>
        failures <= First.Length ? First[failures - 1]
        : failures <= First.Length + HourlyAttempts ? TimeSpan.FromHours(1)
        : null;
}
