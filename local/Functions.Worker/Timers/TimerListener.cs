using Azure;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>Runs one timer function, one run at a time; runs that fall into a longer one are left out.</summary>
internal sealed class TimerListener(
    FunctionEntry function, string text, Schedule schedule, ScheduleStore store, FunctionInvoker invoker, TimeProvider time, ILogger logger)
{
    /// <summary>Timers cannot wait for longer than about 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);
    private static readonly Dictionary<string, object?> NoData = [];

    private readonly TimerTriggerAttribute _trigger = (TimerTriggerAttribute)function.Trigger;
    private KeptSchedule? _kept;

    public async Task RunAsync(CancellationToken stop, CancellationToken cutOff)
    {
        try
        {
            bool monitored = _trigger.UseMonitor && !schedule.IsFast(time.GetUtcNow());
            bool pastDue = monitored && await WasMissedAsync(stop);
            if (pastDue || _trigger.RunOnStartup)
                await InvokeAsync(pastDue, cutOff);
            DateTimeOffset? last = pastDue ? time.GetUtcNow() : null;
            while (schedule.Next(time.GetUtcNow()) is { } due)
            {
                if (monitored)
                    await KeepAsync(last, due, stop);
                await WaitUntilAsync(due, stop);
                await InvokeAsync(false, cutOff);
                last = due;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // No run was under way.
        }
    }

    private async Task<bool> WasMissedAsync(CancellationToken stop)
    {
        try
        {
            KeptSchedule? kept = await store.LoadAsync(function, stop);
            _kept = kept?.Schedule == text ? kept : null;
            return _kept is not null && _kept.Next < time.GetUtcNow().UtcDateTime;
        }
        catch (RequestFailedException e)
        {
            logger.ScheduleNotKept(function.Name, e.Message);
            return false;
        }
    }

    private async Task KeepAsync(DateTimeOffset? last, DateTimeOffset due, CancellationToken stop)
    {
        _kept = new KeptSchedule(text, last?.UtcDateTime ?? _kept?.Last ?? default, due.UtcDateTime, time.GetUtcNow().UtcDateTime);
        try
        {
            await store.SaveAsync(function, _kept, stop);
        }
        catch (RequestFailedException e)
        {
            logger.ScheduleNotKept(function.Name, e.Message);
        }
    }

    private async Task WaitUntilAsync(DateTimeOffset due, CancellationToken stop)
    {
        for (TimeSpan left = due - time.GetUtcNow(); left > TimeSpan.Zero; left = due - time.GetUtcNow())
            await time.WaitAsync(left < LongestWait ? left : LongestWait, stop);
    }

    private async Task InvokeAsync(bool pastDue, CancellationToken cutOff)
    {
        try
        {
            var info = new TimerInfo { IsPastDue = pastDue, ScheduleStatus = _kept?.Status };
            await invoker.RunAsync(new InvocationRequest(function, info, NoData), cutOff);
        }
        catch (Exception)
        {
            // The invoker has logged it; the schedule goes on.
        }
    }
}
