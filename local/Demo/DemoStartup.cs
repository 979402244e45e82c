using LiveDesk.Local.Demo;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Extensions.DependencyInjection;

[assembly: WorkerExtensionStartup(typeof(DemoStartup))]

namespace LiveDesk.Local.Demo;

/// <summary>Adds what a person at the terminal sees once the desk is up: a short guide, or with <c>--demo</c> a story played on it.</summary>
public sealed class DemoStartup : WorkerExtensionStartup
{
    public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder) =>
        applicationBuilder.Services.AddSingleton<IAfterStart, WhatToDoNext>();
}
