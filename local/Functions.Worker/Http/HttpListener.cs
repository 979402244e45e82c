using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveDesk.Local;

/// <summary>Kestrel on 127.0.0.1, without the rest of ASP.NET Core's hosting.</summary>
internal sealed class HttpListener(
    IConfiguration configuration, HostJson hostJson, FunctionKey key, FunctionInvoker invoker, IOptions<WorkerOptions> worker, ILoggerFactory loggers)
    : IDisposable
{
    private const int DefaultPort = 7071;
    private const long DefaultBodyLimit = 104_857_600;

    private readonly HttpThrottle _throttle = new(hostJson.MaxOutstandingRequests, hostJson.MaxConcurrentRequests);
    private ServiceProvider? _services;
    private KestrelServer? _server;

    /// <summary>Opens the port: --port, else 7071; 0 is a free one. Returns the address with the real port.</summary>
    public async Task<Uri> StartAsync(HttpRouter router, CancellationToken cutOff, CancellationToken cancellationToken)
    {
        int port = Number("LocalHost:Port", DefaultPort, IPEndPoint.MaxPort);
        _services = new ServiceCollection().AddSingleton(loggers).BuildServiceProvider();
        var options = new KestrelServerOptions { ApplicationServices = _services, AddServerHeader = false };
        options.Limits.MaxRequestBodySize = Number("FUNCTIONS_REQUEST_BODY_SIZE_LIMIT", DefaultBodyLimit, long.MaxValue);
        options.Listen(IPAddress.Loopback, port);
        _server = new KestrelServer(
            Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        var door = new HttpFrontDoor(router, invoker, key, _throttle, worker, loggers.CreateLogger<HttpFrontDoor>(),
            configuration["LocalHost:DropChunkedBodies"] == "true", cutOff);
        try
        {
            await _server.StartAsync(door, cancellationToken);
        }
        catch (IOException e)
        {
            throw new StartUpException($"Port {port} cannot be opened: {e.Message} Choose another one with --port.");
        }
        return new Uri(_server.Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Closes the port and waits for running requests; the token cuts them off.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => _server?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public void Dispose()
    {
        _server?.Dispose();
        _throttle.Dispose();
        _services?.Dispose();
    }

    private int Number(string key, int otherwise, int most) => (int)Number(key, (long)otherwise, most);

    private long Number(string key, long otherwise, long most)
    {
        if (configuration[key] is not { } text)
            return otherwise;
        return long.TryParse(text, CultureInfo.InvariantCulture, out long number) && number >= 0 && number <= most
            ? number
            : throw new StartUpException($"The setting {key} is \"{text}\", not a number up to {most}.");
    }
}
