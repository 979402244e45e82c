using LiveDesk.Local.ProviderSimulator.Core;

namespace LiveDesk.Local.ProviderSimulator.Providers.Twilio;

/// <summary>A status to push by hand. Order is not checked: Twilio reports out of order too.</summary>
internal sealed record StatusRequest
{
    private static readonly string[] Known = ["queued", "sending", "sent", "delivered", "read", "undelivered", "failed", "canceled"];

    public required string Status { get; init; }

    /// <summary>For <c>failed</c> and <c>undelivered</c>, such as 63016 or 30003.</summary>
    public int? ErrorCode { get; init; }

    public void Check(TwilioMessage message)
    {
        if (!Known.Contains(Status)) throw new ControlException(400, "'status' is one of: " + string.Join(", ", Known) + ".");
        if (Status == "read" && !message.To.IsWhatsApp) throw new ControlException(400, "Only WhatsApp reports 'read'.");
        if (ErrorCode is not null && Status is not ("failed" or "undelivered")) throw new ControlException(400, "'errorCode' goes with failed or undelivered.");
    }
}
