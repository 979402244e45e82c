using Microsoft.DurableTask;

namespace LiveDesk.Functions.Orchestrations;

/// <summary>How activities are called. They are all safe to repeat.</summary>
internal static class Activities
{
    /// <summary>8 attempts, 2 s doubling to 2 min.</summary>
    public static readonly TaskOptions Retry = TaskOptions.FromRetryPolicy(
        new RetryPolicy(maxNumberOfAttempts: 8, TimeSpan.FromSeconds(2), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(2)));
}
