using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts the function on a schedule.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>NCRONTAB of six fields (seconds first) or five, in UTC, or a TimeSpan between runs; %Setting% is replaced.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether runs are remembered in storage, so that one missed while the host was down is made up for. Off for intervals below a minute.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Whether the function also runs when the host starts.</summary>
    public bool RunOnStartup { get; set; }
}

/// <summary>What a timer function learns of its schedule.</summary>
public class TimerInfo
{
    /// <summary>Null if the timer is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>Whether this run comes later than the schedule said, because the host was down.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>Where a monitored schedule stands, in UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The last run that the schedule asked for; the default value if none was.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next run.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this was last written.</summary>
    public DateTime LastUpdated { get; set; }
}
