using LiveDesk.Local;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Builds the host of an app of functions.</summary>
public class FunctionsApplicationBuilder : IHostApplicationBuilder, IFunctionsWorkerApplicationBuilder
{
    private readonly HostApplicationBuilder _host;
    private readonly InvocationPipeline _pipeline;
    private bool _built;

    internal FunctionsApplicationBuilder(string[]? args)
    {
        StartUpException.TellWhenUnhandled();
        var commandLine = new CommandLine(args ?? []);
        _host = new HostApplicationBuilder(new HostApplicationBuilderSettings
        {
            DisableDefaults = true,
            ContentRootPath = commandLine.ContentRoot ?? AppContext.BaseDirectory,
            EnvironmentName = System.Environment.GetEnvironmentVariable("AZURE_FUNCTIONS_ENVIRONMENT") ?? Environments.Development,
        });
        var files = new SettingsFiles(_host.Environment.ContentRootPath);
        files.AddTo(Configuration);
        Configuration.AddEnvironmentVariables();
        commandLine.AddTo(Configuration);
        _pipeline = new InvocationPipeline(Services);
        _host.AddLocalHost(files, _pipeline);
        ExtensionScan.Configure(AppContext.BaseDirectory, Configuration, this);
    }

    /// <summary>Shared by what configures the host.</summary>
    public IDictionary<object, object> Properties => ((IHostApplicationBuilder)_host).Properties;

    /// <summary>The command line over the environment over local.settings.json and host.json; sources added later win.</summary>
    public ConfigurationManager Configuration => _host.Configuration;

    IConfigurationManager IHostApplicationBuilder.Configuration => Configuration;

    /// <summary>Development unless AZURE_FUNCTIONS_ENVIRONMENT says otherwise.</summary>
    public IHostEnvironment Environment => _host.Environment;

    /// <summary>A console logger with the levels of host.json.</summary>
    public ILoggingBuilder Logging => _host.Logging;

    /// <summary>The app's metrics.</summary>
    public IMetricsBuilder Metrics => _host.Metrics;

    /// <summary>The app's services.</summary>
    public IServiceCollection Services => _host.Services;

    /// <summary>Builds the host, once.</summary>
    public IHost Build()
    {
        ThrowIfBuilt();
        _built = true;
        return new LocalHost(_host.Build());
    }

    /// <summary>Takes another service container.</summary>
    public void ConfigureContainer<TContainerBuilder>(IServiceProviderFactory<TContainerBuilder> factory, Action<TContainerBuilder>? configure = null)
        where TContainerBuilder : notnull => _host.ConfigureContainer(factory, configure);

    /// <summary>Adds a middleware; the first added is the outermost.</summary>
    public IFunctionsWorkerApplicationBuilder Use(Func<FunctionExecutionDelegate, FunctionExecutionDelegate> middleware)
    {
        ThrowIfBuilt();
        _pipeline.Use(middleware);
        return this;
    }

    private void ThrowIfBuilt()
    {
        if (_built)
            throw new InvalidOperationException("The application has already been built.");
    }
}
