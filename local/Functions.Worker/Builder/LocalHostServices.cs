using System.Text.Json;
using Azure.Core.Serialization;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LiveDesk.Local;

/// <summary>The host's own services.</summary>
internal static class LocalHostServices
{
    public static void AddLocalHost(this HostApplicationBuilder host, SettingsFiles files, InvocationPipeline pipeline)
    {
        host.AddLogging();
        host.ConfigureContainer(new DefaultServiceProviderFactory(new ServiceProviderOptions
        {
            ValidateScopes = host.Environment.IsDevelopment(),
            ValidateOnBuild = host.Environment.IsDevelopment(),
        }));
        AddSerializer(host.Services);
        host.Services.AddSingleton(files);
        host.Services.AddSingleton(pipeline);
        host.Services.AddSingleton<HostJson>().AddSingleton<StorageConnections>().AddSingleton<HostStorage>();
        host.Services.AddSingleton<FunctionSource>().AddSingleton<FunctionCatalog>();
        // Extensions may ask for the invoker while the catalog asks for the extensions.
        host.Services.AddSingleton(services => new Lazy<FunctionCatalog>(services.GetRequiredService<FunctionCatalog>));
        host.Services.AddSingleton<FunctionInvoker>().AddSingleton<IFunctionInvoker>(services => services.GetRequiredService<FunctionInvoker>());
        host.Services.AddSingleton<QueueOutputs>().AddSingleton<QueueListeners>();
        host.Services.AddSingleton<ScheduleStore>().AddSingleton<TimerListeners>();
        host.Services.AddSingleton<FunctionKey>().AddSingleton<HttpListener>();
        host.Services.AddSingleton<Triggers>().AddSingleton<StartUpOutput>().AddSingleton<AfterStart>();
    }

    private static void AddLogging(this HostApplicationBuilder host)
    {
        host.Logging.AddConfiguration(host.Configuration.GetSection($"{HostJson.Section}:logging"));
        host.Logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ ";
            console.UseUtcTimestamp = true;
        });
        // The list of functions tells more than these, and start-up errors are printed by themselves.
        host.Logging.AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning);
        host.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
    }

    private static void AddSerializer(IServiceCollection services)
    {
        services.Configure<JsonSerializerOptions>(options => options.PropertyNameCaseInsensitive = true);
        services.AddOptions<WorkerOptions>().PostConfigure<IOptions<JsonSerializerOptions>>(
            (worker, json) => worker.Serializer ??= new JsonObjectSerializer(json.Value));
    }
}
