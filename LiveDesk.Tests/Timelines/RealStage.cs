using System.Diagnostics;
using System.Globalization;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.EndToEnd.Support;
using LiveDesk.Tests.Support;

namespace LiveDesk.Tests.Timelines;

/// <summary>When the desk's process dies by SIGKILL, and comes back on the same storage.</summary>
internal enum Death
{
    Never,

    /// <summary>After each step, as soon as its effect can be seen.</summary>
    BetweenSteps,

    /// <summary>In each step, at some moment while it is worked on.</summary>
    InMidStep,
}

/// <summary>The desk in a process of its own, on the machine's clock, with seconds for hours.</summary>
internal sealed class RealStage : Stage, IAsyncDisposable
{
    /// <summary>Hours begin on the minute, so the opening is waited for longer than anything else in the story.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private readonly DeskSettings _settings;
    private readonly DeskProcess _desk;
    private readonly DeskApi _api;
    private readonly Death _death;
    private readonly Random _random;
    private readonly DateTimeOffset[] _opening;
    private bool _mayOpen;

    private RealStage(DeskSettings settings, DeskProcess desk, Death death, int seed, Pace pace, DateTimeOffset[] opening) : base(pace) =>
        (_settings, _desk, _api, _death, _random, _opening) = (settings, desk, new DeskApi(settings.BaseUrl), death, new Random(seed), opening);

    protected override DeskApi Api => _api;

    protected override Simulator Simulator => _settings.Simulator;

    protected override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Plays the story; again and with more time, if the machine was too slow for it.</summary>
    /// <param name="isExpected">What it has to come to.</param>
    /// <param name="seed">Says at which moments the process dies in mid-step.</param>
    /// <returns>What it has come to.</returns>
    public static async Task<Outcome> PlayAsync(Death death, Func<Outcome, bool> isExpected, int seed = 0)
    {
        const int tries = 3;
        for (int attempt = 1; ; attempt++)
        {
            await using RealStage stage = await StartAsync(death, seed, attempt);
            try
            {
                await TimelineStory.PlayAsync(stage);
                return await stage.ComesToAsync(isExpected);
            }
            catch (MachineTooSlowException) when (attempt < tries)
            {
                // On another desk then.
            }
        }
    }

    public override void OutOfHoursIsOver()
    {
        InTime();
        _mayOpen = true;
    }

    public override async Task AtAsync(int day, string time, Func<Task> act, Customer customer, string entry, int conversation = 1)
    {
        InTime();
        Task acting = act();
        if (_death == Death.InMidStep) await DieAfterAsync(TimeSpan.FromMilliseconds(_random.Next(0, 400)));
        await acting;
        await SeesAsync(customer, entry, conversation);
    }

    public override async Task UntilAsync(Customer customer, string entry)
    {
        if (_death == Death.InMidStep) await DieAfterAsync(TimeSpan.FromMilliseconds(_random.Next(0, 1000)));
        await SeesAsync(customer, entry, 1);
    }

    public async ValueTask DisposeAsync()
    {
        EndTalks();
        _api.Dispose();
        _desk.Dispose();
        await _settings.Simulator.DisposeAsync();
        await _settings.Storage.DeleteQueuesAsync();
    }

    /// <param name="patience">How many times as long as usual a busy machine may take.</param>
    private static async Task<RealStage> StartAsync(Death death, int seed, int patience)
    {
        TimeSpan outOfHours = TimeSpan.FromSeconds(death == Death.Never ? 12 : 30) * patience;
        // A request that dies is repeated, and must still ask for something in the future.
        TimeSpan snooze = TimeSpan.FromSeconds(death == Death.InMidStep ? 10 : 4) * patience;
        DeskSettings settings = await DeskSettings.NewAsync(await Simulator.StartAsync());
        var desk = new DeskProcess(
            settings, "--LocalHost:QueueLease=00:00:02",
            "--AzureFunctionsJobHost:extensions:durableTask:storageProvider:controlQueueVisibilityTimeout=00:00:02",
            "--AzureFunctionsJobHost:extensions:durableTask:storageProvider:workItemQueueVisibilityTimeout=00:00:02");
        await desk.StartAsync();
        var opening = new DateTimeOffset[1];
        var pace = new Pace("PT1S", "PT2S", "PT3S", snooze, () => HoursFrom(opening[0] = MinuteAfter(outOfHours)));
        var stage = new RealStage(settings, desk, death, seed, pace, opening);
        await stage.SetUpAsync();
        return stage;
    }

    /// <summary>Waits until the outcome is the expected one and no work is left that could change it.</summary>
    /// <returns>The outcome as it is in the end, whatever it is.</returns>
    private async Task<Outcome> ComesToAsync(Func<Outcome, bool> isExpected)
    {
        var queues = new QueueServiceClient(_settings.Storage.ConnectionString);
        Outcome last = await OutcomeAsync();
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < TimeSpan.FromMinutes(1) && !(isExpected(last) && await WorkLeftAsync(queues) == 0))
        {
            await Waiting.ForAsync(TimeSpan.FromMilliseconds(200));
            last = await OutcomeAsync();
        }
        return last;
    }

    private async Task SeesAsync(Customer customer, string entry, int conversation)
    {
        try
        {
            await Eventually.SeesAsync(() => ShowsAsync(customer, entry, conversation), shown => shown, $"'{entry}' in {customer.Name}'s conversation", Patience);
        }
        catch (Xunit.Sdk.XunitException)
        {
            InTime();
            throw;
        }
        if (_death == Death.BetweenSteps) await DieAfterAsync(TimeSpan.Zero);
    }

    /// <exception cref="MachineTooSlowException">The closed channels have opened before all was done that is done while they are closed.</exception>
    private void InTime()
    {
        if (!_mayOpen && Now >= _opening[0]) throw new MachineTooSlowException();
    }

    private async Task DieAfterAsync(TimeSpan time)
    {
        if (time > TimeSpan.Zero) await Waiting.ForAsync(time);
        await _desk.KillAsync();
        await _desk.StartAsync();
    }

    /// <summary>Messages of all queues of the desk, poison included; those of the durable engine may be timers for later.</summary>
    private static async Task<int> WorkLeftAsync(QueueServiceClient queues)
    {
        int left = 0;
        await foreach (QueueItem queue in queues.GetQueuesAsync())
            if (!queue.Name.Contains("-control-", StringComparison.Ordinal))
                left += (await queues.GetQueueClient(queue.Name).GetPropertiesAsync()).Value.ApproximateMessagesCount;
        return left;
    }

    /// <summary>The first full minute that is so far away: hours begin on the minute.</summary>
    private static DateTimeOffset MinuteAfter(TimeSpan span)
    {
        DateTimeOffset earliest = TimeProvider.System.GetUtcNow() + span;
        return new DateTimeOffset(earliest.Ticks - (earliest.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero).AddMinutes(1);
    }

    /// <summary>Twelve of them, every day.</summary>
    private static object HoursFrom(DateTimeOffset opening)
    {
        object hours = new { from = Clock(opening), to = Clock(opening.AddHours(12)) };
        return new { enabled = true, timeZone = "UTC", days = WeekOf(hours) };
    }

    private static string Clock(DateTimeOffset time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
