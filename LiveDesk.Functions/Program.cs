using LiveDesk.Functions;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;

FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(args);
builder.AddLiveDesk();
IHost host = builder.Build();
await host.RunAsync();
