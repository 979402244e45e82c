namespace LiveDesk.Local.ProviderSimulator.Core;

/// <summary>What a fault is about.</summary>
public enum FaultOn
{
    /// <summary>A request of the desk.</summary>
    Request,

    /// <summary>A webhook to the desk.</summary>
    Webhook,

    /// <summary>The delivery of a message that was accepted.</summary>
    Message,
}

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>Request: answered with <see cref="Fault.Status"/>.</summary>
    Status,

    /// <summary>Request: never answered; held until the caller gives up or the simulator stops.</summary>
    Hang,

    /// <summary>Request: the connection is reset. Webhook: never sent.</summary>
    Drop,

    /// <summary>Request: answered after <see cref="Fault.Delay"/>.</summary>
    Slow,

    /// <summary>Webhook: sent after <see cref="Fault.Delay"/>; later ones do not wait for it.</summary>
    Delay,

    /// <summary>Webhook: sent <see cref="Fault.Copies"/> times more.</summary>
    Duplicate,

    /// <summary>Webhook: held back until the next one was sent, or for <see cref="Fault.Delay"/> (5 s by default) if none comes.</summary>
    Reorder,

    /// <summary>Message: reported as failed with <see cref="Fault.Code"/>.</summary>
    Fail,
}

/// <summary>A scripted fault. All conditions that are set must hold; the first fault that fits a request is used.</summary>
public sealed record Fault
{
    public FaultOn On { get; init; } = FaultOn.Request;

    public required FaultKind Kind { get; init; }

    /// <summary>Such as <c>twilio</c>; any if null.</summary>
    public string? Provider { get; init; }

    /// <summary>Such as <c>POST</c>; any if null.</summary>
    public string? Method { get; init; }

    /// <summary>Found in the path of the request or in the URL of the webhook.</summary>
    public string? Path { get; init; }

    /// <summary>Found in the body, as sent or decoded; or in the recipient of the message.</summary>
    public string? Contains { get; init; }

    /// <summary>Webhooks only: <c>inbound</c> or <c>status</c>.</summary>
    public string? Webhook { get; init; }

    /// <summary>Fitting requests that pass before the fault begins.</summary>
    public int Skip { get; init; }

    /// <summary>Requests that it hits; 0 until cleared.</summary>
    public int Times { get; init; } = 1;

    /// <summary>Requests: whether the provider does its work before the fault. The desk cannot tell the difference.</summary>
    public bool Accept { get; init; }

    /// <summary>HTTP status of <see cref="FaultKind.Status"/>.</summary>
    public int Status { get; init; } = 503;

    /// <summary>Seconds (or an HTTP date) of the Retry-After header; none if null.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The provider's error code; the usual one if null.</summary>
    public int? Code { get; init; }

    /// <summary>Answered in place of the provider's error document.</summary>
    public string? Body { get; init; }

    public TimeSpan? Delay { get; init; }

    public int Copies { get; init; } = 1;
}
