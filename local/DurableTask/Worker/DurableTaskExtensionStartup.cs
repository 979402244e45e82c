using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using LiveDesk.Local;
using LiveDesk.Local.Durable;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

[assembly: WorkerExtensionStartup(typeof(DurableTaskExtensionStartup))]

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask;

/// <summary>Adds the Durable Functions engine to an app.</summary>
public sealed class DurableTaskExtensionStartup : WorkerExtensionStartup
{
    /// <inheritdoc/>
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder)
    {
        ArgumentNullException.ThrowIfNull(applicationBuilder);
        IServiceCollection services = applicationBuilder.Services;
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(provider => HubSettingsReader.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton(OpenHub);
        services.AddSingleton<DataConverter>(provider =>
            new SerializerDataConverter(provider.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer!));
        services.AddSingleton<DurableFunctions>().AddSingleton<InstanceSignals>().AddSingleton<SessionCache>().AddSingleton<MessageBus>();
        services.AddSingleton<HubClient>().AddSingleton<DurableTaskClient>(provider => provider.GetRequiredService<HubClient>());
        services.AddSingleton<HubWorker>();
        services.AddSingleton<IHostExtension, DurableExtension>();
    }

    private static Hub OpenHub(IServiceProvider provider)
    {
        HubSettings settings = provider.GetRequiredService<HubSettings>();
        var connections = provider.GetRequiredService<StorageConnections>();
        string connection = connections.ConnectionString();
        var queues = new QueueServiceClient(connection, connections.WithPolicies(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }));
        var table = new TableClient(connection, settings.HubName + "Instances", connections.WithPolicies(new TableClientOptions()));
        var blobs = new BlobServiceClient(connection, connections.WithPolicies(new BlobClientOptions()));
        var container = blobs.GetBlobContainerClient(settings.HubName.ToLowerInvariant() + "-largemessages");
        return new Hub(settings, new InstanceStore(table), new PayloadStore(container),
            (name, visibility) => new HubQueue(queues.GetQueueClient(name), queues.GetQueueClient(name + "-poison"), visibility));
    }
}
