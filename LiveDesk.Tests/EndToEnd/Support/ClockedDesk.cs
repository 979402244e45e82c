using LiveDesk.Local.Durable;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>
/// The whole desk under a clock that the test moves: from one durable timer to the next, and on only when everything that one has set off has come to
/// rest.
/// </summary>
internal sealed class ClockedDesk : IAsyncDisposable
{
    private readonly FakeClock _clock;

    private ClockedDesk(Desk desk, FakeClock clock) => (Desk, _clock) = (desk, clock);

    public Desk Desk { get; }

    public DateTimeOffset Now => _clock.GetUtcNow();

    public DateTimeOffset? NextTimer => Desk.Services.GetRequiredService<HubWorker>().NextTimer;

    /// <param name="configure">Changes more services than the clock.</param>
    public static async Task<ClockedDesk> StartAsync(DateTimeOffset now, Action<FunctionsApplicationBuilder>? configure = null)
    {
        var clock = new FakeClock(now);
        Desk desk = await Desk.StartAsync(builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            configure?.Invoke(builder);
        });
        return new ClockedDesk(desk, clock);
    }

    /// <summary>To an instant, with a stop at each durable timer on the way.</summary>
    public async Task MoveToAsync(DateTimeOffset target)
    {
        await Desk.QuietAsync();
        while (NextTimer is { } due && due < target) await MoveAsync(due);
        await MoveAsync(target);
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();

    private async Task MoveAsync(DateTimeOffset to)
    {
        // Rounded up to the millisecond, as the engine's own timer is.
        long late = (TimeSpan.TicksPerMillisecond - (to.UtcTicks % TimeSpan.TicksPerMillisecond)) % TimeSpan.TicksPerMillisecond;
        _clock.Advance(to.AddTicks(late) - Now);
        await Desk.QuietAsync();
    }
}
