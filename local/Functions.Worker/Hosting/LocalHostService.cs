using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>
/// The order of things: storage and functions before any hosted service of the app starts; triggers after all of them have;
/// the drain before any of them stops.
/// </summary>
internal sealed class LocalHostService(
    HostStorage storage, HostJson hostJson, Lazy<FunctionCatalog> catalog, Triggers triggers, StartUpOutput output, FunctionKey key, AfterStart afterStart,
    IConfiguration configuration, IHostApplicationLifetime lifetime, ILogger<LocalHostService> logger)
    : IHostedLifecycleService, IDisposable
{
    private SecondSignal? _secondSignal;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (string unknown in hostJson.UnknownKeys())
            logger.UnknownKey(unknown);
        _ = catalog.Value;
        await storage.StartAsync(cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        HostAddress address = await triggers.StartAsync(cancellationToken);
        if (catalog.Value.All.Any(StartUpOutput.NeedsKey))
            key.Prepare();
        if (configuration["LocalHost:Quiet"] is null)
            output.Print(address, DateTime.Now - Process.GetCurrentProcess().StartTime);
        afterStart.Begin(address, lifetime.ApplicationStopping);
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        _secondSignal = new SecondSignal();
        await triggers.StopAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StoppedAsync(CancellationToken cancellationToken) => await storage.StopAsync();

    public void Dispose() => _secondSignal?.Dispose();
}
