using System.Globalization;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.EndToEnd.Support;
using NodaTime;
using NodaTime.Text;

namespace LiveDesk.Tests.Timelines;

/// <summary>The whole desk under a clock that the story moves.</summary>
internal sealed class FakeClockStage : Stage, IAsyncDisposable
{
    private static readonly DateTimeZone Madrid = DateTimeZoneProviders.Tzdb["Europe/Madrid"];

    // Sunday early in the morning for the story, and the usual week.
    private static readonly Dictionary<string, object> Week = new()
    {
        ["sunday"] = new { intervals = new[] { new { from = "02:30", to = "06:00" } } },
        ["monday"] = new { intervals = new[] { new { from = "09:00", to = "17:00" } } },
        ["tuesday"] = new { intervals = new[] { new { from = "09:00", to = "17:00" } } },
    };

    private readonly ClockedDesk _clocked;
    private readonly LocalDate _first;

    private FakeClockStage(ClockedDesk clocked, LocalDate first)
        : base(new Pace("PT15M", "PT2H", "PT12H", TimeSpan.FromMinutes(140), () => new { enabled = true, timeZone = "Europe/Madrid", days = Week })) => (_clocked, _first) = (clocked, first);

    protected override DeskApi Api => _clocked.Desk.Api;

    protected override Simulator Simulator => _clocked.Desk.Simulator;

    protected override DateTimeOffset Now => _clocked.Now;

    /// <param name="first">Day 0 of the story; it begins at 21:00.</param>
    public static async Task<FakeClockStage> StartAsync(string first)
    {
        LocalDate day = LocalDatePattern.Iso.Parse(first).Value;
        var stage = new FakeClockStage(await ClockedDesk.StartAsync(At(day, "21:00")), day);
        await stage.SetUpAsync();
        await stage._clocked.Desk.QuietAsync();
        return stage;
    }

    public override async Task AtAsync(int day, string time, Func<Task> act, Customer customer, string entry, int conversation = 1)
    {
        await _clocked.MoveToAsync(At(_first.PlusDays(day), time));
        await act();
        await _clocked.Desk.QuietAsync();
        Assert.True(await ShowsAsync(customer, entry, conversation), $"'{entry}' is missing:\n{(await OutcomeAsync()).Text}");
    }

    public override async Task UntilAsync(Customer customer, string entry)
    {
        const int mostTimers = 50;
        for (int i = 0; i < mostTimers; i++)
        {
            if (await ShowsAsync(customer, entry, 1)) return;
            DateTimeOffset due = _clocked.NextTimer ?? throw new InvalidOperationException($"'{entry}' is waited for, and no timer runs.");
            await _clocked.MoveToAsync(due);
        }
        Assert.Fail($"'{entry}' did not come:\n{(await OutcomeAsync()).Text}");
    }

    public async ValueTask DisposeAsync()
    {
        EndTalks();
        await _clocked.DisposeAsync();
    }

    /// <summary>The earlier instant of a time that comes twice.</summary>
    private static DateTimeOffset At(LocalDate day, string time)
    {
        var (hour, minute) = (int.Parse(time[..2], CultureInfo.InvariantCulture), int.Parse(time[3..], CultureInfo.InvariantCulture));
        return day.At(new LocalTime(hour, minute)).InZoneLeniently(Madrid).ToDateTimeOffset().ToUniversalTime();
    }
}
