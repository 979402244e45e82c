using LiveDesk.Local.Benchmark;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.DependencyInjection;

[assembly: WorkerExtensionStartup(typeof(BenchmarkStartup))]

namespace LiveDesk.Local.Benchmark;

/// <summary>With <c>--benchmark</c> the desk measures itself once it is up, and stops.</summary>
public sealed class BenchmarkStartup : WorkerExtensionStartup
{
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder) =>
        applicationBuilder.Services.AddSingleton<IAfterStart, BenchmarkRun>();
}
