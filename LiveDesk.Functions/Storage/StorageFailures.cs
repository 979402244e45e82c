using Azure;
using Azure.Identity;

namespace LiveDesk.Functions.Storage;

/// <summary>What the storage clients throw when it is not the request that is wrong.</summary>
internal static class StorageFailures
{
    /// <summary>The storage cannot be reached, is busy or gives no access for now: the same request may work later.</summary>
    public static bool IsOutage(Exception e) => e switch
    {
        RequestFailedException refused => refused.Status is 0 or 429 or >= 500,
        // All tries of a request failed (Azure.Core's RetryPolicy); one that took too long was cancelled.
        AggregateException tries => tries.InnerExceptions.Any(tried => tried is OperationCanceledException || IsOutage(tried)),
        HttpRequestException or AuthenticationFailedException => true,
        _ => false,
    };

    /// <summary>Also a refusal of any kind, such as that of a role that has not been given yet.</summary>
    public static bool IsAny(Exception e) => e is RequestFailedException or AggregateException || IsOutage(e);
}
