using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>What the host says in the log. Event ids 100-199.</summary>
internal static partial class HostLog
{
    [LoggerMessage(100, LogLevel.Debug, "Executing '{Function}' (Id={Invocation})")]
    public static partial void Executing(this ILogger logger, string function, string invocation);

    [LoggerMessage(101, LogLevel.Debug, "Executed '{Function}' (Succeeded, Id={Invocation}, Duration={Milliseconds}ms)")]
    public static partial void Executed(this ILogger logger, string function, string invocation, long milliseconds);

    [LoggerMessage(102, LogLevel.Error, "Executed '{Function}' (Failed, Id={Invocation}, Duration={Milliseconds}ms)")]
    public static partial void Failed(this ILogger logger, Exception exception, string function, string invocation, long milliseconds);

    [LoggerMessage(110, LogLevel.Warning, "Message {Message} of queue '{Queue}' was tried {Tries} times and moves to '{Poison}'")]
    public static partial void Poisoned(this ILogger logger, string message, string queue, long tries, string poison);

    [LoggerMessage(111, LogLevel.Warning, "Message {Message} of queue '{Queue}' is not base64 and moves to '{Poison}'")]
    public static partial void Undecodable(this ILogger logger, string message, string queue, string poison);

    [LoggerMessage(112, LogLevel.Warning, "Queue '{Queue}' cannot be read, trying again: {Reason}")]
    public static partial void PollFailed(this ILogger logger, string queue, string reason);

    [LoggerMessage(113, LogLevel.Warning, "Message {Message} of queue '{Queue}' could not be settled and will come again: {Reason}")]
    public static partial void NotSettled(this ILogger logger, string message, string queue, string reason);

    [LoggerMessage(120, LogLevel.Warning, "The schedule of '{Function}' cannot be kept in storage: {Reason}")]
    public static partial void ScheduleNotKept(this ILogger logger, string function, string reason);

    [LoggerMessage(130, LogLevel.Warning, "host.json: the local host does not know '{Key}'")]
    public static partial void UnknownKey(this ILogger logger, string key);

    [LoggerMessage(131, LogLevel.Error, "{Step} failed")]
    public static partial void AfterStartFailed(this ILogger logger, Exception exception, string step);

    [LoggerMessage(132, LogLevel.Warning, "Work still running after {Seconds} s was cut off")]
    public static partial void DrainCutOff(this ILogger logger, double seconds);

    [LoggerMessage(140, LogLevel.Debug, "The client went away before its response was written")]
    public static partial void ClientGone(this ILogger logger);
}
