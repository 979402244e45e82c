using LiveDesk.Domain.Reporting;

namespace LiveDesk.Tests.Domain.Reporting;

public class When_durations_are_summed_up
{
    [Theory]
    [InlineData(new[] { 7 }, 7, 7, 7)]
    [InlineData(new[] { 30, 10 }, 20, 20, 30)]
    [InlineData(new[] { 3, 1, 2 }, 2, 2, 3)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 100 }, 14.5, 5.5, 9)]
    [InlineData(new[] { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 }, 6, 6, 10)]
    [InlineData(new[] { -5, 5 }, 2.5, 2.5, 5)]
    public void Average_median_and_ninetieth_percentile_are_these(int[] seconds, double average, double median, double p90) =>
        Assert.Equal(
            new DurationStatistics(seconds.Length, average, median, p90),
            DurationStatistics.Of(seconds.Select(s => TimeSpan.FromSeconds(s))));

    [Fact]
    public void Nothing_has_no_average() => Assert.Equal(new DurationStatistics(0, null, null, null), DurationStatistics.Of([]));

    [Theory]
    [InlineData(0, "<30s")]
    [InlineData(29.999, "<30s")]
    [InlineData(30, "30s-2m")]
    [InlineData(120, "2m-5m")]
    [InlineData(300, "5m-10m")]
    [InlineData(599, "5m-10m")]
    [InlineData(600, "10m-30m")]
    [InlineData(1800, "30m-1h")]
    [InlineData(3600, ">=1h")]
    [InlineData(1e7, ">=1h")]
    public void Each_class_begins_with_its_bound(double seconds, string name) =>
        Assert.Equal(name, ResponseBuckets.Names[ResponseBuckets.IndexOf(TimeSpan.FromSeconds(seconds))]);

    [Fact]
    public void Classes_are_counted_in_order() =>
        Assert.Equal([2, 0, 1, 0, 0, 0, 1], ResponseBuckets.Count(new[] { 1, 2, 200, 9000 }.Select(s => TimeSpan.FromSeconds(s))));
}
