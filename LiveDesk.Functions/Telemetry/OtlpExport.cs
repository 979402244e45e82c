using LiveDesk.Domain.Workspaces;
using LiveDesk.Functions.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LiveDesk.Functions.Telemetry;

/// <summary>
/// Sends traces and measurements over OTLP, as the standard variables <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>_HEADERS</c> and <c>_PROTOCOL</c> say
/// (opentelemetry.io/docs/specs/otel/protocol/exporter). Only registered where the endpoint is set.
/// </summary>
internal sealed partial class OtlpExport(
    DeskTelemetry telemetry, PoisonQueues poison, IConfiguration configuration, TimeProvider time, ILogger<OtlpExport> logger) : BackgroundService
{
    public const string Setting = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string SamplerSetting = "OTEL_TRACES_SAMPLER";
    private const string Service = "livedesk";

    private static readonly TimeSpan PoisonInterval = TimeSpan.FromMinutes(1);

    private TracerProvider? _traces;
    private MeterProvider? _measurements;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        // The exporter reads its variables from the desk's settings, wherever those come from.
        TracerProviderBuilder traces = Sdk.CreateTracerProviderBuilder().ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => resource.AddService(Service)).AddSource(DeskTelemetry.SourceName).AddOtlpExporter();
        // By default the host's own decision would count, and it decides for its own traces.
        if (configuration[SamplerSetting] is not { Length: > 0 }) traces.SetSampler(new AlwaysOnSampler());
        _traces = traces.Build();
        _measurements = Sdk.CreateMeterProviderBuilder().ConfigureServices(services => services.AddSingleton(configuration))
            .ConfigureResource(resource => resource.AddService(Service)).AddMeter(DeskTelemetry.MeterName, "LiveDesk.*").AddOtlpExporter().Build();
        return base.StartAsync(cancellationToken);
    }

    public override void Dispose()
    {
        // Each sends what it still has.
        _traces?.Dispose();
        _measurements?.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (string queue in QueueNames.All) telemetry.Poisoned(queue, await poison.CountAsync(queue, stoppingToken));
                await time.WaitAsync(PoisonInterval, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e) when (StorageFailures.IsAny(e))
            {
                LogUncounted(e);
                await time.WaitAsync(PoisonInterval, stoppingToken);
            }
        }
    }

    [LoggerMessage(5001, LogLevel.Warning, "The poison queues cannot be counted.")]
    private partial void LogUncounted(Exception e);
}
