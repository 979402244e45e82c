using Microsoft.DurableTask;

namespace LiveDesk.Local.Durable;

/// <summary>Tries a task again as its options say. Delays are durable timers, so they too survive a restart.</summary>
internal static class Retries
{
    public static Task<T> RunAsync<T>(TaskOrchestrationContext context, string task, TaskRetryOptions? retry, Func<Task<T>> attempt) => retry switch
    {
        { Policy: { } policy } => ByPolicyAsync(context, policy, attempt),
        { Handler: { } handler } => ByHandlerAsync(context, handler, attempt),
        _ => attempt(),
    };

    /// <summary>The delay before the next attempt, or null if there is none.</summary>
    public static TimeSpan? NextDelay(RetryPolicy policy, int failures, TimeSpan sinceFirst, TaskFailedException failure)
    {
        if (failures >= policy.MaxNumberOfAttempts || !IsWorthIt(policy, failure))
            return null;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && sinceFirst >= policy.RetryTimeout)
            return null;
        double milliseconds = policy.FirstRetryInterval.TotalMilliseconds * Math.Pow(policy.BackoffCoefficient, failures - 1);
        double longest = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.FromDays(3650).TotalMilliseconds : policy.MaxRetryInterval.TotalMilliseconds;
        return TimeSpan.FromMilliseconds(Math.Min(milliseconds, longest));
    }

    // A judgement that fails must not hide the failure that it judges.
    private static bool IsWorthIt(RetryPolicy policy, TaskFailedException failure)
    {
        try
        {
            return policy.Handle(failure);
        }
        catch (Exception)
        {
            return false;
        }
    }

    private static async Task<T> ByPolicyAsync<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> attempt)
    {
        DateTime first = context.CurrentUtcDateTime;
        for (int failures = 1; ; failures++)
        {
            TimeSpan? delay;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException e)
            {
                delay = e.FailureDetails.ErrorType == UnknownFunction.ErrorType
                    ? null : NextDelay(policy, failures, context.CurrentUtcDateTime - first, e);
                if (delay is null)
                    throw;
            }
            await context.CreateTimer(delay.Value, CancellationToken.None);
        }
    }

    private static async Task<T> ByHandlerAsync<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> attempt)
    {
        DateTime first = context.CurrentUtcDateTime;
        for (int failures = 1; ; failures++)
        {
            TaskFailedException failure;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException e) when (e.FailureDetails.ErrorType != UnknownFunction.ErrorType)
            {
                failure = e;
            }
            var tried = new RetryContext(context, failures, failure.FailureDetails, context.CurrentUtcDateTime - first, CancellationToken.None);
            if (!await handler(tried))
                System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }
}

/// <summary>The failure of a task whose function does not exist; trying again would not help.</summary>
internal static class UnknownFunction
{
    public const string ErrorType = "FunctionNotFound";

    public static TaskFailureDetails Failure(string kind, string? name) =>
        new(ErrorType, $"The function '{name}' doesn't exist, is disabled, or is not an {kind} function.", null, null, null);
}
