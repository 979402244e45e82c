namespace LiveDesk.Domain.Messaging.Files;

/// <summary>When a customer's file is tried again, as a pure function.</summary>
public static class MediaRetry
{
    /// <summary>With the delays between them, some two hours: the shortest-lived link of a provider is older by then.</summary>
    public const int Attempts = 10;

    /// <summary>A provider's store may lag a moment behind its webhook; after that, a missing file stays missing.</summary>
    public const int AttemptsWhenMissing = 3;

    private static readonly TimeSpan First = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(40);

    /// <param name="attempt">From 1: the one that has failed.</param>
    /// <param name="retryAfter">What the provider asks for.</param>
    /// <returns>How long to wait; null: give up.</returns>
    public static TimeSpan? After(int attempt, bool missing, TimeSpan? retryAfter)
    {
        if (attempt >= (missing ? AttemptsWhenMissing : Attempts)) return null;
        double seconds = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(3, attempt - 1));
        TimeSpan delay = TimeSpan.FromSeconds(seconds);
        return retryAfter is { } asked && asked > delay ? (asked < Longest ? asked : Longest) : delay;
    }
}
