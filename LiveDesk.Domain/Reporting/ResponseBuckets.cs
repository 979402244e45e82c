namespace LiveDesk.Domain.Reporting;

/// <summary>The classes into which response times fall. Each begins with its own bound: 30 s is in the second.</summary>
public static class ResponseBuckets
{
    /// <summary>In order, as reports name them.</summary>
    public static readonly IReadOnlyList<string> Names = ["<30s", "30s-2m", "2m-5m", "5m-10m", "10m-30m", "30m-1h", ">=1h"];

    // The first instants of all classes but the first.
    private static readonly TimeSpan[] Bounds =
    [
        TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
        TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30), TimeSpan.FromHours(1),
    ];

    public static int IndexOf(TimeSpan duration)
    {
        int index = 0;
        while (index < Bounds.Length && duration >= Bounds[index]) index++;
        return index;
    }

    /// <summary>How many fall into each class, in the order of <see cref="Names"/>.</summary>
    public static IReadOnlyList<int> Count(IEnumerable<TimeSpan> durations)
    {
        ArgumentNullException.ThrowIfNull(durations);
        var counts = new int[Names.Count];
        foreach (TimeSpan duration in durations) counts[IndexOf(duration)]++;
        return counts;
    }
}
