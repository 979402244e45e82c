using System.Reflection;
using LiveDesk.Local;
using LiveDesk.Tests.Local.FunctionsWorker;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Core;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;

[assembly: WorkerExtensionStartup(typeof(When_an_extension_adds_a_trigger.Startup))]

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_an_extension_adds_a_trigger
{
    private readonly Bells _bells = new();

    [Fact]
    public async Task Runs_its_functions_with_its_bindings_and_hands_the_result_back()
    {
        await using RunningHost host = await StartAsync();
        FunctionMethod bell = Assert.Single(_bells.Functions);
        Assert.Equal(("Ring", "tones"), (bell.Name, bell.Trigger!.Name));
        var data = new Dictionary<string, object?> { ["loudness"] = 11 };
        Assert.Equal("ding,dong at 11 for Ring", await _bells.Invoker!.InvokeAsync(bell, "[\"ding\",\"dong\"]", data, CancellationToken.None));
        Assert.Equal("clang at 0 for Ring", await _bells.Invoker.InvokeAsync(bell, new[] { "clang" }, null, CancellationToken.None));
    }

    [Fact]
    public async Task Throws_what_the_function_throws_and_logs_it_once()
    {
        await using RunningHost host = await StartAsync();
        InvalidTimeZoneException failure = await Assert.ThrowsAsync<InvalidTimeZoneException>(
            () => _bells.Invoker!.InvokeAsync(_bells.Functions.Single(), Array.Empty<string>(), null, CancellationToken.None));
        Assert.Equal("no tones", failure.Message);
        Assert.Single(host.Log.Errors);
    }

    [Fact]
    public async Task Does_not_log_what_the_extension_itself_cancelled()
    {
        await using RunningHost host = await StartAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => _bells.Invoker!.InvokeAsync(_bells.Functions.Single(), new[] { "wait" }, null, cancelled.Token));
        Assert.Empty(host.Log.Errors);
    }

    [Theory]
    [InlineData("LiveDesk.Tests", true)]
    [InlineData("none", false)]
    public void Finds_the_startup_class_of_an_assembly_beside_the_app(string extensions, bool found)
    {
        using var folder = new TemporaryFolder();
        FunctionsApplicationBuilder builder = FunctionsApplication.CreateBuilder(["--contentRoot", folder.Path, $"--LocalHost:Extensions={extensions}"]);
        Assert.Equal(found, builder.Services.Any(service => service.ServiceType == typeof(Startup)));
    }

    private Task<RunningHost> StartAsync() => RunningHost.StartAsync<Functions>(builder => builder.Services.AddSingleton<IHostExtension>(_bells));

    public sealed class Startup : WorkerExtensionStartup
    {
        public override void Configure(IFunctionsWorkerApplicationBuilder applicationBuilder) => applicationBuilder.Services.AddSingleton(this);
    }

    [AttributeUsage(AttributeTargets.Parameter)]
    private sealed class BellTriggerAttribute : TriggerBindingAttribute;

    [AttributeUsage(AttributeTargets.Parameter)]
    private sealed class TowerAttribute : InputBindingAttribute;

    private sealed class Bells : IHostExtension
    {
        public IReadOnlyList<FunctionMethod> Functions { get; private set; } = [];

        public IFunctionInvoker? Invoker { get; private set; }

        public string? TriggerType(Attribute triggerAttribute) => triggerAttribute is BellTriggerAttribute ? "bellTrigger" : null;

        public bool CanBind(ParameterInfo parameter) => parameter.IsDefined(typeof(TowerAttribute));

        public object? Bind(ParameterInfo parameter, FunctionContext context) => context.FunctionDefinition.Name;

        public Task StartAsync(IReadOnlyList<FunctionMethod> functions, IFunctionInvoker invoker, CancellationToken cancellationToken)
        {
            (Functions, Invoker) = (functions, invoker);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    public class Functions
    {
        [Function("Ring")]
        public static string Ring([BellTrigger] string[] tones, [Tower] string tower, CancellationToken cancellationToken, int loudness = 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return tones.Length > 0 ? $"{string.Join(',', tones)} at {loudness} for {tower}" : throw new InvalidTimeZoneException("no tones");
        }

        [Function("other")]
        public static HttpResponseData Other([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) => request.CreateResponse();
    }
}
