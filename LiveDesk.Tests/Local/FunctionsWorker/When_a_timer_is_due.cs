using LiveDesk.Local;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_a_timer_is_due
{
    private readonly FakeClock _clock = new();
    private readonly Runs _runs = new();

    [Fact]
    public async Task Runs_at_each_occurrence_and_says_when_the_next_one_is()
    {
        await using RunningHost host = await StartAsync<Hourly>();
        await SleepingAsync();
        _clock.Advance(TimeSpan.FromMinutes(59));
        Assert.Empty(_runs.All);
        await AdvanceAndSeeAsync(TimeSpan.FromMinutes(1), 1);
        await AdvanceAndSeeAsync(TimeSpan.FromHours(1), 2);
        Assert.Equal(["10:00 False last 00:00 next 10:00", "11:00 False last 10:00 next 11:00"], _runs.All);
    }

    [Fact]
    public async Task Makes_up_once_for_runs_missed_while_the_host_was_down()
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        await using (await StartAsync<Hourly>(storage))
        {
            await SleepingAsync();
            await AdvanceAndSeeAsync(TimeSpan.FromHours(1), 1);
        }
        _clock.Advance(TimeSpan.FromHours(5.5));
        await using (await StartAsync<Hourly>(storage))
        {
            await Eventually.IsTrueAsync(() => _runs.All.Count == 2, "the missed run is made up for");
            await SleepingAsync();
        }
        Assert.Equal("15:30 True last 10:00 next 11:00", _runs.All[1]);
    }

    [Fact]
    public async Task Runs_at_the_start_if_asked_to_and_leaves_out_what_falls_into_a_run()
    {
        var gate = new Gate();
        await using RunningHost host = await RunningHost.StartAsync<OnStartup>(
            builder => builder.Services.AddSingleton(gate).AddSingleton<TimeProvider>(_clock), "--Every=00:00:10");
        await gate.SeesInsideAsync(1);
        _clock.Advance(TimeSpan.FromSeconds(35));
        Assert.Equal(1, gate.Entered);
        gate.LetPass(1);
        await SleepingAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await gate.SeesInsideAsync(1);
        Assert.Equal((2, 1), (gate.Entered, gate.MostInside));
        gate.LetPass(1);
        await SleepingAsync();
    }

    [Theory]
    [InlineData("0 */5 * * * *", "2026-03-02 09:00:00", "2026-03-02 09:05:00")]
    [InlineData("*/15 * * * * *", "2026-03-02 09:00:00.5", "2026-03-02 09:00:15")]
    [InlineData("30 9 * * *", "2026-03-02 09:29:59", "2026-03-02 09:30:00")]
    [InlineData("0 0 9-17/4 * * MON-FRI", "2026-03-06 17:00:00", "2026-03-09 09:00:00")]
    [InlineData("0 0 0 1 JAN,jul *", "2026-03-02 09:00:00", "2026-07-01 00:00:00")]
    [InlineData("0 0 0 13 * 5", "2026-03-14 00:00:00", "2026-11-13 00:00:00")]
    [InlineData("0 0 0 29 2 *", "2026-03-02 09:00:00", "2028-02-29 00:00:00")]
    [InlineData("5/20 59 23 31 12 *", "2026-12-31 23:59:45", "2027-12-31 23:59:05")]
    [InlineData("0 0 0 31 2 *", "2026-03-02 09:00:00", null)]
    [InlineData("01:30:00", "2026-03-02 09:00:00", "2026-03-02 10:30:00")]
    public void Finds_the_next_occurrence_of_a_schedule(string schedule, string after, string? expected) =>
        Assert.Equal(expected is null ? null : Instant(expected), Schedule.Parse(schedule).Next(Instant(after)!.Value));

    [Theory]
    [InlineData("0 60 * * * *", "the minute field cannot have '60'")]
    [InlineData("0 0 0 * * 7", "the weekday field cannot have '7'")]
    [InlineData("0 5-1 * * * *", "the minute field cannot be '5-1'")]
    [InlineData("* * * *", "has 4 fields")]
    [InlineData("often", "neither a NCRONTAB expression nor a time span")]
    public void Says_what_is_wrong_with_a_schedule(string schedule, string expected) =>
        Assert.Contains(expected, Assert.Throws<FormatException>(() => Schedule.Parse(schedule)).Message, StringComparison.Ordinal);

    private static DateTimeOffset? Instant(string text) => DateTimeOffset.Parse(text + "Z", System.Globalization.CultureInfo.InvariantCulture);

    private async Task<RunningHost> StartAsync<TFunctions>(StorageAccount? storage = null) => await RunningHost.StartAsync<TFunctions>(
        storage ?? await TestStorage.NewAccountAsync(),
        builder => builder.Services.AddSingleton(_runs).AddSingleton<TimeProvider>(_clock), "--EveryHour=0 0 * * * *");

    private Task SleepingAsync() => Eventually.IsTrueAsync(() => _clock.WaitingTimers > 0, "the timer waits");

    private async Task AdvanceAndSeeAsync(TimeSpan span, int runs)
    {
        _clock.Advance(span);
        await Eventually.IsTrueAsync(() => _runs.All.Count == runs && _clock.WaitingTimers > 0, $"there were {runs} runs, and the timer waits for the next");
    }

    public sealed class Runs
    {
        private readonly Lock _gate = new();
        private readonly List<string> _all = [];

        public IReadOnlyList<string> All
        {
            get { lock (_gate) return [.. _all]; }
        }

        public void Add(string run)
        {
            lock (_gate) _all.Add(run);
        }
    }

    public class Hourly(Runs runs, TimeProvider clock)
    {
        [Function("EveryHour")]
        public void Run([TimerTrigger("%EveryHour%")] TimerInfo timer) => runs.Add(
            $"{clock.GetUtcNow():HH:mm} {timer.IsPastDue} last {timer.ScheduleStatus!.Last:HH:mm} next {timer.ScheduleStatus.Next:HH:mm}");
    }

    public class OnStartup(Gate gate)
    {
        [Function("Often")]
        public Task Run([TimerTrigger("%Every%", RunOnStartup = true)] TimerInfo timer) =>
            timer.ScheduleStatus is null ? gate.PassAsync() : throw new InvalidOperationException("A fast timer is not monitored.");
    }
}
