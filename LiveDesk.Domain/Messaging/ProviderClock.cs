namespace LiveDesk.Domain.Messaging;

/// <summary>How far a provider's time is believed.</summary>
internal static class ProviderClock
{
    // A provider clock may run ahead a little; a message from further in the future was stamped wrongly.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    public static DateTimeOffset OccurredAt(InboundEvent inbound, DateTimeOffset now) =>
        inbound.OccurredAt is { } at && at <= now + Tolerance ? at : now;

    /// <summary>
    /// Where an event stands among others. Some providers tell whole seconds only: within one second events stand in the order in which they came to the
    /// door, though always in their second, however late they came.
    /// </summary>
    public static DateTimeOffset Place(InboundEvent inbound, DateTimeOffset occurredAt)
    {
        if (occurredAt.Ticks % TimeSpan.TicksPerSecond != 0 || inbound.ReceivedAt is not { } received || received <= occurredAt) return occurredAt;
        double late = (received - occurredAt).TotalSeconds;
        return occurredAt.AddMilliseconds(Math.Floor(999 * late / (late + 1)));
    }
}
