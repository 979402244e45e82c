using System.Text.Json;
using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Api.Http;

namespace LiveDesk.Tests.Domain.Workspaces;

public sealed class When_times_are_read_and_written
{
    [Theory]
    [InlineData("PT30S", "00:00:30")]
    [InlineData("P7D", "7.00:00:00")]
    [InlineData("P1W", "7.00:00:00")]
    [InlineData("P2W", "14.00:00:00")]
    [InlineData("P1W2DT3H", "9.03:00:00")]
    public void Takes_weeks_beside_days_and_times(string text, string expected)
    {
        Assert.True(IsoDurationConverter.TryParse(text, out TimeSpan duration));
        Assert.Equal(TimeSpan.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), duration);
    }

    [Theory]
    [InlineData("P")]
    [InlineData("PW")]
    [InlineData("P1WT")]
    [InlineData("P1W1W")]
    [InlineData("P1.5W")]
    [InlineData("-P1W")]
    [InlineData("P-1W")]
    [InlineData("P2D1W")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P999999999W")]
    [InlineData("P99999999999W")]
    [InlineData("P1W\n")]
    public void Refuses_what_has_no_length(string text) => Assert.False(IsoDurationConverter.TryParse(text, out _));

    [Theory]
    [InlineData("2026-03-29T01:30:00Z", "2026-03-29T01:30:00Z")]
    [InlineData("2026-03-29T01:30:00.5Z", "2026-03-29T01:30:00.500Z")]
    [InlineData("2026-03-29T01:30:00.7821595Z", "2026-03-29T01:30:00.782Z")]
    [InlineData("2026-03-29T01:30:00.9999999Z", "2026-03-29T01:30:00.999Z")]
    [InlineData("2026-03-29T01:30:00.123456789Z", "2026-03-29T01:30:00.123Z")]
    [InlineData("2026-03-29T03:30:00+02:00", "2026-03-29T01:30:00Z")]
    public void Answers_every_instant_in_utc_to_the_millisecond(string read, string written)
    {
        DateTimeOffset instant = JsonSerializer.Deserialize<DateTimeOffset>($"\"{read}\"", ApiJson.Options);

        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(instant, ApiJson.Options));
    }

    [Fact]
    public void Keeps_instants_as_exact_as_they_are()
    {
        const string Instant = "\"2026-03-29T01:30:00.7821595Z\"";
        foreach (JsonSerializerOptions kept in (JsonSerializerOptions[])[DomainJson.Options, ApiJson.Exact])
            Assert.Equal(Instant, JsonSerializer.Serialize(JsonSerializer.Deserialize<DateTimeOffset>(Instant, kept), kept));
    }
}
