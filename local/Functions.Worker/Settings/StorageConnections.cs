using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace LiveDesk.Local;

/// <summary>
/// The storage connections of the settings, for the host and its extensions. Every <see cref="HttpPipelinePolicy"/> in the services
/// (one that counts transactions, for instance) is put into every client made through here.
/// </summary>
public sealed class StorageConnections(IConfiguration configuration, IEnumerable<HttpPipelinePolicy> policies)
{
    /// <summary>The setting that names the host's own storage.</summary>
    public const string HostConnection = "AzureWebJobsStorage";

    /// <summary>The connection string of a setting; <see cref="HostConnection"/> if null. Throws if the setting is missing or needs an identity.</summary>
    public string ConnectionString(string? name = null)
    {
        name ??= HostConnection;
        // The official host prefers a setting with the prefix.
        string? value = configuration["AzureWebJobs" + name] ?? configuration[name] ?? configuration.GetConnectionString(name);
        if (!string.IsNullOrWhiteSpace(value))
            return value;
        IConfigurationSection identity = configuration.GetSection(name);
        throw new StartUpException(identity["accountName"] is not null || identity["queueServiceUri"] is not null
            ? $"The connection '{name}' names an account to be used with an identity; the local host needs a connection string in '{name}'."
            : $"The setting '{name}' is missing. For the storage emulator set it to UseDevelopmentStorage=true.");
    }

    /// <summary>The options with the app's pipeline policies added.</summary>
    public TOptions WithPolicies<TOptions>(TOptions options) where TOptions : ClientOptions
    {
        foreach (HttpPipelinePolicy policy in policies)
            options.AddPolicy(policy, HttpPipelinePosition.PerRetry);
        return options;
    }

    /// <summary>A queue of a connection. Texts are sent and received as they are, without base64.</summary>
    public QueueClient Queue(string? connection, string queueName) =>
        new(ConnectionString(connection), queueName, WithPolicies(new QueueClientOptions { MessageEncoding = QueueMessageEncoding.None }));
}
