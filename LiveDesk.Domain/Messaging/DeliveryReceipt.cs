namespace LiveDesk.Domain.Messaging;

/// <summary>What a provider says became of a message.</summary>
/// <param name="Status">Sent, Delivered, Read or Failed.</param>
public sealed record DeliveryReceipt(DeliveryStatus Status, string? ProviderId, DeliveryFailure? Failure, DateTimeOffset At);

/// <summary>Which delivery state may follow which, whatever the order of arrival.</summary>
public static class DeliveryTransitions
{
    /// <returns>The message with the receipt applied, or null if the receipt tells nothing new.</returns>
    public static Message? Apply(Message message, DeliveryReceipt receipt)
    {
        if (message.Status is not { } current) return null;
        string? providerId = message.ProviderId ?? receipt.ProviderId;
        if (!Supersedes(current, receipt.Status))
            return providerId == message.ProviderId ? null : message with { ProviderId = providerId };
        return message with
        {
            Status = receipt.Status,
            ProviderId = providerId,
            Failure = receipt.Status == DeliveryStatus.Failed ? receipt.Failure : null,
        };
    }

    /// <summary>
    /// queued &lt; sending &lt; sent &lt; delivered &lt; read. Failed comes only before delivered, and a later delivered or read corrects it.
    /// Unknown may become any later state.
    /// </summary>
    public static bool Supersedes(DeliveryStatus current, DeliveryStatus next) => (current, next) switch
    {
        _ when current == next => false,
        (DeliveryStatus.Failed, DeliveryStatus.Delivered or DeliveryStatus.Read) => true,
        (DeliveryStatus.Failed, _) => false,
        (DeliveryStatus.Delivered or DeliveryStatus.Read, DeliveryStatus.Failed or DeliveryStatus.Unknown) => false,
        (DeliveryStatus.Unknown, DeliveryStatus.Queued or DeliveryStatus.Sending) => false,
        (DeliveryStatus.Unknown, _) => true,
        (DeliveryStatus.Sent, DeliveryStatus.Unknown) => false,
        (_, DeliveryStatus.Failed or DeliveryStatus.Unknown) => true,
        _ => next > current,
    };
}
