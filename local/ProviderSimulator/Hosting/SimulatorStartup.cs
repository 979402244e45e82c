using LiveDesk.Local.ProviderSimulator.Hosting;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.DependencyInjection;

[assembly: WorkerExtensionStartup(typeof(SimulatorStartup))]

namespace LiveDesk.Local.ProviderSimulator.Hosting;

/// <summary>Starts the simulator with the desk on the local host.</summary>
public sealed class SimulatorStartup : WorkerExtensionStartup
{
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder) =>
        applicationBuilder.Services.AddHostedService<SimulatorService>();
}
