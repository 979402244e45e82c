using Microsoft.DurableTask;

namespace LiveDesk.Local.Durable;

/// <summary>Details of exceptions in a size that fits queue messages and rows.</summary>
internal static class Failures
{
    private const int LongestMessage = 4000;
    private const int LongestTrace = 3000;

    public static TaskFailureDetails Of(Exception exception) => Cut(TaskFailureDetails.FromException(exception), 3);

    private static TaskFailureDetails Cut(TaskFailureDetails details, int depth) => details with
    {
        ErrorMessage = Cut(details.ErrorMessage, LongestMessage)!,
        StackTrace = Cut(details.StackTrace, LongestTrace),
        InnerFailure = details.InnerFailure is null || depth == 0 ? null : Cut(details.InnerFailure, depth - 1),
    };

    private static string? Cut(string? text, int length) => text is null || text.Length <= length ? text : text[..length] + "…";
}
