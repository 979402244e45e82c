namespace LiveDesk.Domain.Messaging;

/// <summary>How an event of a webhook has come to be worked on.</summary>
/// <param name="ReceivedAt">When its webhook arrived.</param>
/// <param name="Repeated">It was begun before, and whoever did may have died at any point.</param>
public sealed record Delivery(DateTimeOffset ReceivedAt, bool Repeated);

/// <summary>
/// A receipt that names a message only by the provider's id can overtake the answer that tells the desk this id. It is tried again for some
/// minutes, longer than any call to a provider takes, before it is counted as somebody else's.
/// </summary>
public static class EarlyReceipt
{
    private static readonly TimeSpan[] Delays =
    [
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45), TimeSpan.FromMinutes(2),
    ];

    /// <param name="round">From 1: the one that has found no message.</param>
    /// <returns>Null: give up.</returns>
    public static TimeSpan? RetryAfter(int round) => round <= Delays.Length ? Delays[round - 1] : null;
}
