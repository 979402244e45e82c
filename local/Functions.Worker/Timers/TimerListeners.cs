using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>The timers of all timer functions.</summary>
internal sealed class TimerListeners(
    IServiceProvider services, IConfiguration configuration, ScheduleStore store, FunctionInvoker invoker, ILoggerFactory loggers)
{
    /// <summary>Starts the timers; the task ends once everything has stopped.</summary>
    public Task RunAsync(IEnumerable<FunctionEntry> functions, CancellationToken stop, CancellationToken cutOff)
    {
        List<TimerListener> listeners = [.. functions.Where(function => function.Trigger is TimerTriggerAttribute).Select(Listener)];
        return Task.WhenAll(listeners.Select(listener => Task.Run(() => listener.RunAsync(stop, cutOff), CancellationToken.None)));
    }

    private TimerListener Listener(FunctionEntry function)
    {
        // Not registered by the host: an app that needs a TimeProvider must register it itself, as on Azure.
        TimeProvider time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        string text = configuration.Resolve(((TimerTriggerAttribute)function.Trigger).Schedule);
        try
        {
            return new TimerListener(function, text, Schedule.Parse(text), store, invoker, time, loggers.CreateLogger("Host.Timers"));
        }
        catch (FormatException e)
        {
            throw new StartUpException($"Function '{function.Name}': the schedule '{text}' is not valid: {e.Message}.");
        }
    }
}
