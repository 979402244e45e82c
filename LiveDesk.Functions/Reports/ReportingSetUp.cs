using LiveDesk.Domain.Reporting;
using LiveDesk.Functions.Api.Reports;
using LiveDesk.Functions.Storage.Reporting;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Functions.Reports;

internal static class ReportingSetUp
{
    public static IServiceCollection AddReporting(this IServiceCollection services)
    {
        services.AddSingleton<IFactStore, TableFactStore>();
        services.AddSingleton<RecordFacts>();
        services.AddSingleton<MakeReports>();
        services.AddSingleton<ReportNames>();
        return services;
    }
}
