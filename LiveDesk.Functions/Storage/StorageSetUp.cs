using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Functions.Storage;

/// <summary>
/// The one place that chooses how storage is reached: a connection string (<c>AzureWebJobsStorage</c>) or the app's identity
/// (<c>AzureWebJobsStorage__accountName</c>, or a service URI each; <c>__clientId</c> names a user-assigned identity).
/// </summary>
internal static class StorageSetUp
{
    private const string Setting = "AzureWebJobsStorage";

    public static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<StorageTransactions>();
        services.AddSingleton<HttpPipelinePolicy>(provider => provider.GetRequiredService<StorageTransactions>());
        services.AddSingleton(provider => Create(
            configuration, "table",
            (connection, count) => new TableServiceClient(connection, Counted(new TableClientOptions(), count)),
            (uri, identity, count) => new TableServiceClient(uri, identity, Counted(new TableClientOptions(), count)), provider));
        services.AddSingleton(provider => Create(
            configuration, "queue",
            (connection, count) => new QueueServiceClient(connection, Counted(Base64(), count)),
            (uri, identity, count) => new QueueServiceClient(uri, identity, Counted(Base64(), count)), provider));
        services.AddSingleton(provider => Create(
            configuration, "blob",
            (connection, count) => new BlobServiceClient(connection, Counted(new BlobClientOptions(), count)),
            (uri, identity, count) => new BlobServiceClient(uri, identity, Counted(new BlobClientOptions(), count)), provider));
        return services.AddSingleton<Tables>();
    }

    private static T Create<T>(
        IConfiguration configuration, string service, Func<string, StorageTransactions, T> byConnection,
        Func<Uri, DefaultAzureCredential, StorageTransactions, T> byIdentity, IServiceProvider provider)
    {
        var transactions = provider.GetRequiredService<StorageTransactions>();
        if (configuration[Setting] is { Length: > 0 } connection) return byConnection(connection, transactions);
        string? uri = configuration[$"{Setting}:{service}ServiceUri"];
        if (uri is null && configuration[$"{Setting}:accountName"] is { Length: > 0 } account) uri = $"https://{account}.{service}.core.windows.net";
        if (uri is null) throw new InvalidOperationException($"The setting {Setting} (or {Setting}__accountName) is missing.");
        var identity = new DefaultAzureCredential(new DefaultAzureCredentialOptions { ManagedIdentityClientId = configuration[$"{Setting}:clientId"] });
        return byIdentity(new Uri(uri), identity, transactions);
    }

    // The encoding that the Functions host expects unless told otherwise.
    private static QueueClientOptions Base64() => new() { MessageEncoding = QueueMessageEncoding.Base64 };

    private static T Counted<T>(T options, StorageTransactions transactions) where T : Azure.Core.ClientOptions
    {
        options.AddPolicy(transactions, Azure.Core.HttpPipelinePosition.PerRetry);
        return options;
    }
}
