using System.Runtime.InteropServices;

namespace LiveDesk.Domain.Reporting;

/// <summary>Durations of one row, kept whole: medians of medians would be wrong.</summary>
internal sealed class DurationTally
{
    private readonly List<double> _seconds = [];
    private readonly int[] _buckets = new int[ResponseBuckets.Names.Count];

    public void Add(TimeSpan duration)
    {
        _seconds.Add(Math.Max(0, duration.TotalSeconds));
        _buckets[ResponseBuckets.IndexOf(duration)]++;
    }

    public DurationFigures Figures()
    {
        Span<double> seconds = CollectionsMarshal.AsSpan(_seconds);
        seconds.Sort();
        var statistics = DurationStatistics.OfSorted(seconds);
        return new DurationFigures(
            statistics.Count, statistics.Average, statistics.Median, statistics.P90,
            ResponseBuckets.Names.Select((name, i) => KeyValuePair.Create(name, _buckets[i])).ToDictionary());
    }
}

/// <summary>Durations in seconds; null where there are none.</summary>
public sealed record DurationFigures(int Count, double? Avg, double? Median, double? P90, IReadOnlyDictionary<string, int> Buckets);

/// <summary>The rows of a report in the making, and all of them together.</summary>
internal sealed class RowTally<T> where T : new()
{
    private readonly Dictionary<string, T> _rows = new(StringComparer.Ordinal);

    public T Total { get; } = new();

    public IEnumerable<string> Keys => _rows.Keys;

    public T this[string key] => _rows.TryGetValue(key, out T? row) ? row : _rows[key] = new T();

    /// <summary>Counts something in its row and in the total.</summary>
    public void Count<TFact>(string? key, TFact fact, Action<T, TFact> count)
    {
        count(this[key ?? ReportQuery.Nobody], fact);
        count(Total, fact);
    }
}
