using System.Diagnostics;

namespace LiveDesk.Tests.Support;

/// <summary>Waits, in real time, for what another thread or process brings about.</summary>
public static class Eventually
{
    private static readonly TimeSpan Default = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Looks until <paramref name="holds"/> accepts what <paramref name="look"/> sees, and returns that.</summary>
    /// <param name="look">Takes a look. An exception counts as something seen.</param>
    /// <param name="holds">Tells whether this is what was waited for.</param>
    /// <param name="expectation">What is waited for, in words, for the failure's message.</param>
    /// <param name="within">The deadline; 30 s by default.</param>
    public static async Task<T> SeesAsync<T>(Func<Task<T>> look, Func<T, bool> holds, string expectation, TimeSpan? within = null)
    {
        var deadline = within ?? Default;
        var clock = Stopwatch.StartNew();
        using var pause = new PeriodicTimer(Interval);
        object? seen = "nothing yet";
        do
        {
            try
            {
                var now = await look().WaitAsync(deadline);
                if (holds(now)) return now;
                seen = now;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                seen = e;
            }
        }
        while (clock.Elapsed < deadline && await pause.WaitForNextTickAsync());
        throw new Xunit.Sdk.XunitException($"Waited {clock.Elapsed.TotalSeconds:0.0} s for: {expectation}. Last seen: {seen ?? "null"}");
    }

    /// <inheritdoc cref="SeesAsync{T}(Func{Task{T}}, Func{T, bool}, string, TimeSpan?)"/>
    public static Task<T> SeesAsync<T>(Func<T> look, Func<T, bool> holds, string expectation, TimeSpan? within = null) =>
        SeesAsync(() => Task.FromResult(look()), holds, expectation, within);

    /// <summary>Waits until the condition is true.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, string expectation, TimeSpan? within = null) =>
        await SeesAsync(condition, holds => holds, expectation, within);

    /// <inheritdoc cref="IsTrueAsync(Func{Task{bool}}, string, TimeSpan?)"/>
    public static async Task IsTrueAsync(Func<bool> condition, string expectation, TimeSpan? within = null) =>
        await SeesAsync(condition, holds => holds, expectation, within);
}
