using LiveDesk.Domain.Channels;

namespace LiveDesk.Domain.Messaging;

/// <summary>What to do after a call to a provider, or after finding an attempt whose outcome was never written.</summary>
public abstract record SendStep
{
    private SendStep()
    {
    }

    public sealed record Sent(string ProviderId, DeliveryStatus Status) : SendStep;

    public sealed record Fail(DeliveryFailure Failure, bool OptedOut, bool ChannelBroken) : SendStep;

    public sealed record Retry(TimeSpan After, string Reason) : SendStep;

    /// <summary>Ask the provider, after a pause, what became of the attempt.</summary>
    public sealed record LookUp(TimeSpan After) : SendStep;

    /// <summary>Nobody can tell; a receipt may still settle it. Sent again only by a person.</summary>
    public sealed record GiveUpAsUnknown(string Reason) : SendStep;
}

/// <summary>The retry decision, whole, as a pure function.</summary>
public static class SendRecovery
{
    /// <summary>A message is tried for a day; a provider that is down longer needs a person.</summary>
    public static readonly TimeSpan GiveUpAfter = TimeSpan.FromHours(24);

    /// <summary>Look-ups of one ambiguous attempt: at once, then after a pause in which the provider's list catches up.</summary>
    public const int Lookups = 2;

    private static readonly TimeSpan LookupPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(2);

    /// <param name="attempt">From 1: the attempt that ended so.</param>
    /// <param name="age">Since the message was posted.</param>
    /// <param name="jitter">0 to 1.</param>
    public static SendStep After(SendOutcome outcome, ProviderTraits traits, int attempt, TimeSpan age, double jitter) => outcome switch
    {
        SendOutcome.Accepted accepted => new SendStep.Sent(accepted.ProviderId, DeliveryStatus.Sent),
        SendOutcome.Refused refused => new SendStep.Fail(refused.Failure, refused.OptedOut, refused.ChannelBroken),
        SendOutcome.NotTaken notTaken => RetryOrFail(notTaken.RetryAfter, notTaken.Reason, attempt, age, jitter),
        SendOutcome.ServerError when traits.CanLookUp => new SendStep.LookUp(TimeSpan.Zero),
        SendOutcome.ServerError error => RetryOrFail(error.RetryAfter, error.Reason, attempt, age, jitter),
        SendOutcome.Ambiguous when traits.CanLookUp => new SendStep.LookUp(TimeSpan.Zero),
        SendOutcome.Ambiguous ambiguous => new SendStep.GiveUpAsUnknown(ambiguous.Reason),
        _ => throw new InvalidOperationException($"No rule for {outcome.GetType().Name}."),
    };

    /// <summary>An attempt was begun and nothing tells how it ended: the process died in between.</summary>
    public static SendStep AfterCrash(ProviderTraits traits) =>
        traits.CanLookUp ? new SendStep.LookUp(TimeSpan.Zero) : new SendStep.GiveUpAsUnknown("The desk stopped while the message was being sent.");

    /// <param name="lookups">How many look-ups there have been, this one included.</param>
    /// <param name="serverError">The attempt ended with the provider's own error; then "not found" means it was not taken.</param>
    public static SendStep After(LookupOutcome lookup, int lookups, SendOutcome.ServerError? serverError, int attempt, TimeSpan age, double jitter) =>
        lookup switch
        {
            LookupOutcome.Found { Status: DeliveryStatus.Failed, Failure: { } failure } => new SendStep.Fail(failure, false, false),
            LookupOutcome.Found found => new SendStep.Sent(found.ProviderId, found.Status),
            LookupOutcome.NotFound when serverError is not null => RetryOrFail(serverError.RetryAfter, serverError.Reason, attempt, age, jitter),
            LookupOutcome.NotFound when lookups < Lookups => new SendStep.LookUp(LookupPause),
            LookupOutcome.NotFound => new SendStep.GiveUpAsUnknown("The provider does not list the message; whether it arrived is not known."),
            LookupOutcome.Unavailable unavailable when age < GiveUpAfter => new SendStep.LookUp(BackOff(lookups, jitter)),
            LookupOutcome.Unavailable unavailable => new SendStep.GiveUpAsUnknown(unavailable.Reason),
            _ => throw new InvalidOperationException($"No rule for {lookup.GetType().Name}."),
        };

    private static SendStep RetryOrFail(TimeSpan? retryAfter, string reason, int attempt, TimeSpan age, double jitter) =>
        age >= GiveUpAfter
            ? new SendStep.Fail(new DeliveryFailure("provider_unavailable", null, $"The provider did not take it for a day: {reason}"), false, false)
            : new SendStep.Retry(retryAfter is { } asked ? Bounded(asked) : BackOff(attempt, jitter), reason);

    // A queue hides a message for a week at the most, and after a day the message is given up anyway.
    private static TimeSpan Bounded(TimeSpan asked) => asked < GiveUpAfter ? asked : GiveUpAfter;

    /// <summary>1 s, 2 s, 4 s ... up to 2 min, each between half and all of it.</summary>
    private static TimeSpan BackOff(int attempt, double jitter)
    {
        double seconds = Math.Min(LongestDelay.TotalSeconds, FirstDelay.TotalSeconds * Math.Pow(2, Math.Min(attempt - 1, 20)));
        return TimeSpan.FromSeconds(seconds * (0.5 + jitter / 2));
    }
}
