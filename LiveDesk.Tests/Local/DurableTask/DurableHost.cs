using Azure.Core;
using Azure.Core.Pipeline;
using LiveDesk.Tests.Local.FunctionsWorker;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Local.DurableTask;

/// <summary>A host with the durable engine, the orchestrators and activities nested in one class, and counted storage transactions.</summary>
public sealed class DurableHost : IAsyncDisposable
{
    private static readonly string[] Settings =
    [
        "--AzureFunctionsJobHost:extensions:durableTask:hubName=TestHub",
        "--AzureFunctionsJobHost:extensions:durableTask:storageProvider:maxQueuePollingInterval=00:00:00.5",
        "--AzureFunctionsJobHost:extensions:durableTask:storageProvider:controlQueueVisibilityTimeout=00:00:02",
        "--AzureFunctionsJobHost:extensions:durableTask:storageProvider:workItemQueueVisibilityTimeout=00:00:02",
    ];

    private DurableHost(RunningHost host, Transactions transactions) => (Host, Transactions) = (host, transactions);

    public RunningHost Host { get; }

    public Transactions Transactions { get; }

    public DurableTaskClient Client => Host.Services.GetRequiredService<DurableTaskClient>();

    public static Task<DurableHost> StartAsync<TFunctions>(TimeProvider? time = null, params string[] args) =>
        StartAsync<TFunctions>(null, time, null, args);

    public static async Task<DurableHost> StartAsync<TFunctions>(
        StorageAccount? storage, TimeProvider? time = null, Action<FunctionsApplicationBuilder>? configure = null, params string[] args)
    {
        var transactions = new Transactions();
        RunningHost host = storage is null
            ? await RunningHost.StartAsync<TFunctions>(Configured, [.. Settings, .. args])
            : await RunningHost.StartAsync<TFunctions>(storage, Configured, [.. Settings, .. args]);
        return new DurableHost(host, transactions);

        void Configured(FunctionsApplicationBuilder builder)
        {
            Configure(builder, time, transactions);
            configure?.Invoke(builder);
        }
    }

    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? instance = null)
    {
        string id = await Client.ScheduleNewOrchestrationInstanceAsync(
            orchestrator, input, new Microsoft.DurableTask.StartOrchestrationOptions(instance));
        return await CompletionAsync(id);
    }

    public async Task<OrchestrationMetadata> CompletionAsync(string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await Client.WaitForInstanceCompletionAsync(id, true, patience.Token);
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();

    private static void Configure(FunctionsApplicationBuilder builder, TimeProvider? time, Transactions transactions)
    {
        if (time is not null) builder.Services.AddSingleton(time);
        builder.Services.AddSingleton<HttpPipelinePolicy>(transactions);
        new DurableTaskExtensionStartup().Configure(builder);
    }
}

/// <summary>One durable host for all tests of a class.</summary>
public sealed class DurableHostOf<TFunctions> : IAsyncLifetime
{
    public DurableHost Running { get; private set; } = null!;

    public async Task InitializeAsync() => Running = await DurableHost.StartAsync<TFunctions>();

    public async Task DisposeAsync() => await Running.DisposeAsync();
}

/// <summary>Counts what is sent to storage. Polls of queues are counted apart: they depend on time, not on work.</summary>
public sealed class Transactions : HttpPipelinePolicy
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> All
    {
        get { lock (_lines) return [.. _lines]; }
    }

    public IReadOnlyList<string> Work => [.. All.Where(line => !line.StartsWith("poll", StringComparison.Ordinal))];

    public void Clear()
    {
        lock (_lines) _lines.Clear();
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message.Request);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message.Request);
        return ProcessNextAsync(message, pipeline);
    }

    private void Note(Request request)
    {
        lock (_lines) _lines.Add(Describe(request));
    }

    /// <summary>What a request does, in words.</summary>
    public static string Describe(Request request)
    {
        string path = request.Uri.Path;
        string queue = path.Contains("workitems", StringComparison.Ordinal) ? "work item" : "control";
        if (path.Contains("/messages", StringComparison.Ordinal))
        {
            if (request.Method == RequestMethod.Post) return $"put {queue}";
            if (request.Method == RequestMethod.Delete) return $"delete {queue}";
            return request.Method == RequestMethod.Put ? $"hide {queue}" : $"poll {queue}";
        }
        if (path.EndsWith("$batch", StringComparison.Ordinal)) return "commit";
        if (request.Method == RequestMethod.Get) return path.Contains("RowKey", StringComparison.Ordinal) ? "read row" : "read";
        return path.Contains("Instances", StringComparison.Ordinal) && request.Method == RequestMethod.Post ? "insert row" : $"{request.Method} {path}";
    }
}
