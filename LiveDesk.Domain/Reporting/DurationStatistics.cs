namespace LiveDesk.Domain.Reporting;

/// <summary>
/// What reports say of a set of durations, in seconds, the same in cards, tables and exports. The median is the middle one, or the mean of
/// the two in the middle; the 90th percentile is the smallest that at least nine of ten do not exceed (nearest rank).
/// </summary>
/// <param name="Average">Null, like the others, if there is nothing to count.</param>
public sealed record DurationStatistics(int Count, double? Average, double? Median, double? P90)
{
    public static readonly DurationStatistics None = new(0, null, null, null);

    /// <param name="durations">In any order; a negative one (clocks differ) counts as zero.</param>
    public static DurationStatistics Of(IEnumerable<TimeSpan> durations)
    {
        ArgumentNullException.ThrowIfNull(durations);
        double[] seconds = [.. durations.Select(duration => Math.Max(0, duration.TotalSeconds))];
        Array.Sort(seconds);
        return OfSorted(seconds);
    }

    /// <param name="seconds">None below zero, shortest first.</param>
    internal static DurationStatistics OfSorted(ReadOnlySpan<double> seconds)
    {
        if (seconds.IsEmpty) return None;
        double sum = 0;
        foreach (double duration in seconds) sum += duration;
        return new DurationStatistics(seconds.Length, sum / seconds.Length, MiddleOf(seconds), NearestRank(seconds, 90));
    }

    private static double MiddleOf(ReadOnlySpan<double> sorted)
    {
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static double NearestRank(ReadOnlySpan<double> sorted, int percent)
    {
        int rank = (int)((((long)sorted.Length * percent) + 99) / 100);
        return sorted[rank - 1];
    }
}
