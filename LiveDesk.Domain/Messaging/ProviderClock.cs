namespace LiveDesk.Domain.Messaging;

/// <summary>How far a provider's time is believed.</summary>
internal static class ProviderClock
{
    // A provider clock may run ahead a little; a message from further in the future was stamped wrongly.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(2);

    public static DateTimeOffset OccurredAt(InboundEvent inbound, DateTimeOffset now) =>
        inbound.OccurredAt is { } at && at <= now + Tolerance ? at : now;
}
