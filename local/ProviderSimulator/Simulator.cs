using System.Net;
using System.Net.Sockets;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local.ProviderSimulator;

/// <summary>
/// A web server on the loopback address that stands in for the providers: each has its API under <c>/{provider}</c>;
/// the control API is under <c>/simulator</c>. Nothing of it is kept on disk.
/// </summary>
public sealed class Simulator : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SimulatorCore _core;

    private Simulator(WebApplication app, SimulatorCore core)
    {
        _app = app;
        _core = core;
    }

    /// <summary>Such as <c>http://127.0.0.1:7072/</c>.</summary>
    public Uri BaseUri => _core.BaseUri;

    /// <summary>Starts a simulator.</summary>
    /// <param name="port">Port on 127.0.0.1; 0 for a free one.</param>
    /// <param name="timeProvider">Clock of windows, delays and time-outs; the system's when null.</param>
    /// <param name="cancellationToken">Gives up the start.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<Simulator> StartAsync(int port = 0, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        SimulatorCore core = new(timeProvider ?? TimeProvider.System);
        Dictionary<string, IProvider> providers = Providers(core).ToDictionary(provider => provider.Name, StringComparer.OrdinalIgnoreCase);
        WebApplication app = Built(port, core, providers);
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch
        {
            await app.DisposeAsync();
            await core.DisposeAsync();
            throw;
        }

        core.BaseUri = new Uri(app.Urls.Single());
        return new Simulator(app, core);
    }

    public async ValueTask DisposeAsync()
    {
        await _core.DisposeAsync();
        await _app.DisposeAsync();
    }

    private static IEnumerable<IProvider> Providers(SimulatorCore core) => typeof(Simulator).Assembly.GetTypes()
        .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IProvider)))
        .Select(type => (IProvider)Activator.CreateInstance(type, core)!);

    private static WebApplication Built(int port, SimulatorCore core, Dictionary<string, IProvider> providers)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Logging.ClearProviders();
        WebApplication app = builder.Build();
        FaultyApi faulty = new(core, providers);
        app.Use(ControlApi.ExplainRefusalsAsync);
        app.Use(faulty.InvokeAsync);
        app.UseRouting();
        new ControlApi(core, providers).Map(app);
        foreach (IProvider provider in providers.Values) provider.MapApi(app.MapGroup("/" + provider.Name));
        return app;
    }
}
