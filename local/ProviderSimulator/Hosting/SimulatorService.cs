using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Local.ProviderSimulator.Hosting;

/// <summary>Runs a simulator on the port of each provider's BaseUrl that points at this machine; none if none does.</summary>
/// <param name="configuration">Its <c>LiveDesk:Providers:*:BaseUrl</c> are looked at.</param>
/// <param name="logger">Told where the simulator listens.</param>
public sealed partial class SimulatorService(IConfiguration configuration, ILogger<SimulatorService> logger) : IHostedService
{
    private readonly List<Simulator> _running = [];

    /// <exception cref="InvalidOperationException">Something else listens on the port.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (int port in Ports(configuration))
        {
            try
            {
                Simulator simulator = await Simulator.StartAsync(port, cancellationToken: cancellationToken);
                _running.Add(simulator);
                LogStarted(simulator.BaseUri);
            }
            catch (IOException taken)
            {
                if (!await IsSimulatorAsync(port, cancellationToken))
                    throw new InvalidOperationException(
                        $"The provider simulator cannot listen on port {port}: something else does. Stop it, or change LiveDesk__Providers__*__BaseUrl.", taken);
                LogFound(port);
            }
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        foreach (Simulator simulator in _running) await simulator.DisposeAsync();
        _running.Clear();
    }

    /// <summary>The loopback ports that providers are configured to be at.</summary>
    public static IReadOnlyList<int> Ports(IConfiguration configuration) => [.. configuration
        .GetSection("LiveDesk:Providers")
        .GetChildren()
        .Select(provider => Uri.TryCreate(provider["BaseUrl"], UriKind.Absolute, out Uri? url) && url.IsLoopback && url.Scheme == Uri.UriSchemeHttp ? url.Port : 0)
        .Where(port => port > 0)
        .Distinct()];

    private static async Task<bool> IsSimulatorAsync(int port, CancellationToken cancellationToken)
    {
        using HttpClient client = new() { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            JsonObject? answer = await client.GetFromJsonAsync<JsonObject>($"http://127.0.0.1:{port}/simulator", cancellationToken);
            return (string?)answer?["simulator"] == ControlApi.Marker;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException or InvalidOperationException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return false;
        }
    }

    [LoggerMessage(7000, LogLevel.Information, "Providers are simulated at {Address}simulator")]
    private partial void LogStarted(Uri address);

    [LoggerMessage(7001, LogLevel.Information, "Port {Port} has a provider simulator already; it is used")]
    private partial void LogFound(int port);
}
