using LiveDesk.Local.Demo;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;

namespace LiveDesk.Local.Benchmark;

/// <summary>
/// Runs the benchmark if it was asked for. Options: <c>--rounds</c>, how often each work is timed (default 20), and <c>--conversations</c>, how many are
/// opened at once (default 200).
/// </summary>
internal sealed class BenchmarkRun(IConfiguration configuration, IHostApplicationLifetime lifetime) : IAfterStart
{
    public async Task RunAsync(HostAddress address, CancellationToken cancellationToken)
    {
        if (configuration["benchmark"] is null) return;
        try
        {
            int rounds = Number("rounds", 20), conversations = Number("conversations", 200);
            using BenchmarkScene scene = await BenchmarkScene.SetUpAsync(Surroundings.Of(configuration, address));
            using var meter = new StorageMeter();
            await new Measurements(scene, meter).RunAsync(rounds, conversations, cancellationToken);
        }
        catch (Exception e) when (e is UnexpectedException or HttpRequestException)
        {
            Environment.ExitCode = 1;
            Console.WriteLine($"The benchmark broke off: {e.Message}");
        }
        lifetime.StopApplication();
    }

    private int Number(string option, int otherwise)
    {
        if (configuration[option] is not { } text) return otherwise;
        return int.TryParse(text, out int number) && number > 0
            ? number
            : throw new UnexpectedException($"--{option} must be a number above 0, and is '{text}'.");
    }
}
