using System.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local;

/// <summary>
/// The app's host with the order of things around it: storage and the check of the functions before any hosted service of the app starts,
/// triggers after all of them have, the drain before any of them stops.
/// </summary>
internal sealed class LocalHost(IHost app) : IHost, IAsyncDisposable
{
    private bool _draining;

    public IServiceProvider Services => app.Services;

    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        ILogger<LocalHost> logger = Services.GetRequiredService<ILogger<LocalHost>>();
        foreach (string unknown in Services.GetRequiredService<HostJson>().UnknownKeys())
            logger.UnknownKey(unknown);
        FunctionCatalog catalog = Services.GetRequiredService<FunctionCatalog>();
        await Services.GetRequiredService<HostStorage>().StartAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        try
        {
            Ready(catalog, await Services.GetRequiredService<Triggers>().StartAsync(cancellationToken));
        }
        catch
        {
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        // The end of a run and a disposal may both ask; one drain is enough.
        if (Interlocked.Exchange(ref _draining, true))
            return;
        using var secondSignal = new SecondSignal();
        Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await Services.GetRequiredService<Triggers>().StopAsync(cancellationToken);
        await app.StopAsync(cancellationToken);
        await Services.GetRequiredService<HostStorage>().StopAsync();
    }

    public void Dispose() => app.Dispose();

    public ValueTask DisposeAsync() => ((IAsyncDisposable)app).DisposeAsync();

    private void Ready(FunctionCatalog catalog, HostAddress address)
    {
        if (catalog.All.Any(StartUpOutput.NeedsKey))
            Services.GetRequiredService<FunctionKey>().Prepare();
        if (Services.GetRequiredService<IConfiguration>()["LocalHost:Quiet"] is null)
        {
            using var process = Process.GetCurrentProcess();
            Services.GetRequiredService<StartUpOutput>().Print(address, DateTime.Now - process.StartTime);
        }
        Services.GetRequiredService<AfterStart>().Begin(address, Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
    }
}
