using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json.Nodes;
using LiveDesk.Local.ProviderSimulator;
using LiveDesk.Local.ProviderSimulator.Hosting;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace LiveDesk.Tests.Local.ProviderSimulator;

public sealed class When_the_simulator_starts_with_the_desk
{
    [Fact]
    public async Task Listens_where_a_provider_is_configured_to_be()
    {
        int port = await FreePortAsync();
        SimulatorService service = Service(("Twilio", $"http://127.0.0.1:{port}/twilio"), ("Viber", $"http://localhost:{port}/viber"));

        await service.StartAsync(CancellationToken.None);
        using HttpClient http = new();
        JsonNode? marker = await http.GetFromJsonAsync<JsonNode>($"http://127.0.0.1:{port}/simulator");
        await service.StopAsync(CancellationToken.None);

        Assert.Equal("LiveDesk.ProviderSimulator", (string?)marker?["simulator"]);
        Assert.Contains("twilio", marker!["providers"]!.AsArray().Select(provider => (string?)provider));
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync(new Uri($"http://127.0.0.1:{port}/simulator")));
    }

    [Fact]
    public void Is_found_by_the_host()
    {
        var startup = Assert.Single(typeof(Simulator).Assembly.GetCustomAttributes<WorkerExtensionStartupAttribute>());

        Assert.Equal(typeof(SimulatorStartup), startup.StartupType);
    }

    [Fact]
    public async Task Stays_away_if_the_providers_are_the_real_ones()
    {
        SimulatorService service = Service(("Twilio", "https://api.twilio.com"), ("Viber", null));

        await service.StartAsync(CancellationToken.None);
        await service.StopAsync(CancellationToken.None);

        Assert.Empty(SimulatorService.Ports(Configuration(("Twilio", "https://api.twilio.com"), ("Viber", null))));
    }

    [Fact]
    public async Task Uses_a_simulator_that_already_runs()
    {
        await using Simulator running = await Simulator.StartAsync();
        SimulatorService service = Service(("Twilio", $"{running.BaseUri}twilio"));

        await service.StartAsync(CancellationToken.None);
        await service.StopAsync(CancellationToken.None);

        using HttpClient http = new();
        using HttpResponseMessage still = await http.GetAsync(new Uri(running.BaseUri, "/simulator"));
        Assert.True(still.IsSuccessStatusCode);
    }

    [Fact]
    public async Task Says_so_if_something_else_has_the_port()
    {
        await using Receiver other = await Receiver.StartAsync();
        SimulatorService service = Service(("Twilio", $"{other.BaseUri}twilio"));

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(() => service.StartAsync(CancellationToken.None));

        Assert.Contains($"port {other.BaseUri.Port}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forgets_everything_on_reset()
    {
        await using SimulatedTwilio twilio = await SimulatedTwilio.StartAsync();
        await twilio.SendAsync();
        await twilio.FaultAsync(new { kind = "drop" });
        await twilio.SetAsync(new { statusDelay = "PT9S" });

        using HttpResponseMessage reset = await twilio.Http.DeleteAsync("/simulator");

        Assert.True(reset.IsSuccessStatusCode);
        Assert.Empty(await twilio.ListAsync("twilio/messages"));
        Assert.Empty(await twilio.ListAsync("twilio/numbers"));
        Assert.Empty(await twilio.ListAsync("faults"));
        Assert.Empty(await twilio.ListAsync("requests"));
        Assert.Equal("PT0.05S", (string?)(await twilio.Http.GetFromJsonAsync<JsonNode>("/simulator/twilio/settings"))!["statusDelay"]);
    }

    private static SimulatorService Service(params (string Provider, string? Url)[] providers) =>
        new(Configuration(providers), NullLogger<SimulatorService>.Instance);

    private static IConfigurationRoot Configuration(params (string Provider, string? Url)[] providers) => new ConfigurationBuilder()
        .AddInMemoryCollection(providers.Select(p => KeyValuePair.Create($"LiveDesk:Providers:{p.Provider}:BaseUrl", p.Url)))
        .Build();

    private static async Task<int> FreePortAsync()
    {
        await using Receiver taken = await Receiver.StartAsync();
        return taken.BaseUri.Port;
    }
}
