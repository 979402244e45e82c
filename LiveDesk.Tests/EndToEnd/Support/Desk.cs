using LiveDesk.Functions;
using LiveDesk.Functions.Storage;
using LiveDesk.Local;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Tests.Local.FunctionsWorker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Tests.EndToEnd.Support;

/// <summary>The whole desk in the test's process: real HTTP, real Azurite, real queues and orchestrations, the simulator as provider.</summary>
internal sealed class Desk : IAsyncDisposable
{
    private readonly IHost _host;

    private Desk(IHost host, DeskSettings settings, Captured log)
    {
        (_host, Settings, Log) = (host, settings, log);
        Api = new DeskApi(settings.BaseUrl);
    }

    public DeskSettings Settings { get; }

    public DeskApi Api { get; }

    public Captured Log { get; }

    public Simulator Simulator => Settings.Simulator;

    public IServiceProvider Services => _host.Services;

    public StorageTransactions Transactions => Services.GetRequiredService<StorageTransactions>();

    /// <param name="configure">Changes services before the desk is built, such as the clock.</param>
    public static Task<Desk> StartAsync(Action<FunctionsApplicationBuilder>? configure = null, params string[] arguments) =>
        StartAsync(configure, _ => { }, arguments);

    /// <param name="replace">Takes the place of services of the desk, such as a storage that fails.</param>
    public static async Task<Desk> StartAsync(
        Action<FunctionsApplicationBuilder>? configure, Action<IServiceCollection> replace, params string[] arguments)
    {
        DeskSettings settings = await DeskSettings.NewAsync(await Simulator.StartAsync());
        var log = new Captured();
        var started = new Started();
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(settings.Arguments(
        [
            "--contentRoot", AppContext.BaseDirectory, "--LocalHost:FunctionsAssembly=LiveDesk.Functions",
            "--LocalHost:Extensions=Microsoft.DurableTask", .. arguments,
        ]));
        builder.Services.AddSingleton<IAfterStart>(started);
        builder.Logging.ClearProviders().AddProvider(log);
        configure?.Invoke(builder);
        builder.AddLiveDesk();
        replace(builder.Services);
        IHost host = builder.Build();
        await host.StartAsync();
        await started.Known;
        return new Desk(host, settings, log);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        await Simulator.DisposeAsync();
        await Settings.Storage.DeleteQueuesAsync();
    }

    private sealed class Started : IAfterStart
    {
        private readonly TaskCompletionSource _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Known => _known.Task;

        public Task RunAsync(HostAddress address, CancellationToken cancellationToken)
        {
            _known.SetResult();
            return Task.CompletedTask;
        }
    }
}
