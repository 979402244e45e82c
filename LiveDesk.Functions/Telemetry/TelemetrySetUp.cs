using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Functions.Telemetry;

internal static class TelemetrySetUp
{
    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<DeskTelemetry>();
        if (configuration[OtlpExport.Setting] is { Length: > 0 }) services.AddHostedService<OtlpExport>();
        return services;
    }
}
