using Azure.Storage.Queues;
using LiveDesk.Local;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LiveDesk.Tests.Local.FunctionsWorker;

/// <summary>The local host in this process, with the functions of one class (or of all classes nested in it), on a free port and storage of its own.</summary>
public sealed class RunningHost : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly HttpClientHandler _handler = new() { UseCookies = false, AllowAutoRedirect = false };

    private bool _ownsStorage;

    private RunningHost(IHost host, StorageAccount storage, HostAddress address, Captured captured)
    {
        (_host, Storage, Address, Log) = (host, storage, address, captured);
        Http = new HttpClient(_handler) { BaseAddress = address.BaseUrl };
    }

    public StorageAccount Storage { get; }

    public HostAddress Address { get; }

    public HttpClient Http { get; }

    /// <summary>What was logged at Warning and above, and by the functions.</summary>
    public Captured Log { get; }

    public IServiceProvider Services => _host.Services;

    public static async Task<RunningHost> StartAsync<TFunctions>(Action<FunctionsApplicationBuilder>? configure = null, params string[] args)
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        RunningHost host = await StartAsync<TFunctions>(storage, configure, args);
        host._ownsStorage = true;
        return host;
    }

    public static async Task<RunningHost> StartAsync<TFunctions>(
        StorageAccount storage, Action<FunctionsApplicationBuilder>? configure = null, params string[] args)
    {
        var address = new Listening();
        var captured = new Captured();
        IHost host = Build<TFunctions>(storage, builder =>
        {
            builder.Services.AddSingleton<IAfterStart>(address);
            builder.Logging.ClearProviders().AddProvider(captured);
            configure?.Invoke(builder);
        }, args);
        try
        {
            await host.StartAsync();
            return new RunningHost(host, storage, await address.Known, captured);
        }
        catch
        {
            host.Dispose();
            throw;
        }
    }

    /// <summary>A host that is not started, from an empty content root.</summary>
    public static IHost Build<TFunctions>(StorageAccount storage, Action<FunctionsApplicationBuilder>? configure, params string[] args)
    {
        string[] own =
        [
            "--contentRoot", EmptyFolder, "--port", "0", "--LocalHost:Quiet", "--LocalHost:Extensions=none",
            $"--LocalHost:FunctionsAssembly={typeof(TFunctions).Assembly.GetName().Name}", $"--LocalHost:FunctionsNamespace={typeof(TFunctions).FullName}",
            $"--AzureWebJobsStorage={storage.ConnectionString}", "--AzureFunctionsJobHost:extensions:queues:maxPollingInterval=00:00:00.2",
        ];
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder([.. own, .. args]);
        configure?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>A queue of the host's storage, created, with the message encoding of host.json's default.</summary>
    public async Task<QueueClient> CreateQueueAsync(string name)
    {
        QueueClient queue = Queue(name);
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    public QueueClient Queue(string name) =>
        new(Storage.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _handler.Dispose();
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        if (_ownsStorage) await Storage.DeleteQueuesAsync();
    }

    private static string EmptyFolder => Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "livedesk-host-tests")).FullName;

    private sealed class Listening : IAfterStart
    {
        private readonly TaskCompletionSource<HostAddress> _known = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<HostAddress> Known => _known.Task;

        public Task RunAsync(HostAddress address, CancellationToken cancellationToken)
        {
            _known.SetResult(address);
            return Task.CompletedTask;
        }
    }
}
