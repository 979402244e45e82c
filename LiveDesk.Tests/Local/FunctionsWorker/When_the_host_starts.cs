using System.Net;
using LiveDesk.Local;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_the_host_starts
{
    [Fact]
    public async Task Lists_every_function_and_says_when_it_is_ready()
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        using var folder = new TemporaryFolder().With("host.json", """{ "version": "2.0", "extensions": { "http": { "routePrefix": "v1" }, "blobs": { "x": 1 } } }""");
        using var child = ChildHost.Start<Functions>(folder.Path, $"--AzureWebJobsStorage={storage.ConnectionString}", "--Jobs=work-items");
        string address = (await child.AddressAsync()).ToString();
        Assert.Contains("Functions:\n", child.Output, StringComparison.Ordinal);
        Assert.Contains($"        Hello: [GET,POST] {address}v1/hello/{{name:alpha}}\n", child.Output, StringComparison.Ordinal);
        Assert.Contains($"        Keyed: {address}v1/Keyed [key]\n", child.Output, StringComparison.Ordinal);
        Assert.Contains("        Work: queueTrigger work-items\n", child.Output, StringComparison.Ordinal);
        Assert.Contains("        Tick: timerTrigger 0 0 4 * * *\n", child.Output, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(folder.Path, ".azurite", "function-key"), child.Output, StringComparison.Ordinal);
        Assert.Contains("host.json: the local host does not know 'extensions:blobs:x'", child.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Knows_every_key_of_the_desks_own_host_json()
    {
        IConfiguration file = new ConfigurationBuilder().AddJsonFile(Path.Combine(AppContext.BaseDirectory, "host.json")).Build();
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(file.AsEnumerable().Select(s => KeyValuePair.Create($"{HostJson.Section}:{s.Key}", s.Value))).Build();

        Assert.NotEmpty(file.AsEnumerable());
        Assert.Empty(new HostJson(configuration).UnknownKeys());
    }

    [Fact]
    public async Task Names_every_function_that_cannot_work()
    {
        using IHost host = RunningHost.Build<Broken>(await TestStorage.NewAccountAsync(), null);
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync());
        Assert.Contains("'Twice'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the name is taken by", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'NoTrigger'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("parameter 'socket' of type System.Net.Sockets.Socket has no binding", failure.Message, StringComparison.Ordinal);
        Assert.Contains("authorization level Admin is not supported", failure.Message, StringComparison.Ordinal);
        Assert.Contains("'Hidden'", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("batchSize is \"33\"", "--Jobs=jobs", "--AzureFunctionsJobHost:extensions:queues:batchSize=33")]
    [InlineData("functionTimeout is \"soon\"", "--Jobs=jobs", "--AzureFunctionsJobHost:functionTimeout=soon")]
    [InlineData("set it to UseDevelopmentStorage=true", "--Jobs=jobs", "--AzureWebJobsStorage=")]
    [InlineData("'%Jobs%' refers to the setting 'Jobs'")]
    public async Task Says_in_a_sentence_which_setting_is_wrong(string expected, params string[] settings)
    {
        using var folder = new TemporaryFolder();
        StorageAccount storage = await TestStorage.NewAccountAsync();
        using var child = ChildHost.Start<Functions>(folder.Path, [$"--AzureWebJobsStorage={storage.ConnectionString}", .. settings]);
        Assert.Equal(1, await child.ExitCodeAsync());
        await child.SeesAsync(expected);
        Assert.DoesNotContain("   at ", child.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_port_that_is_taken()
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        await using RunningHost first = await RunningHost.StartAsync<Simple>(storage);
        using IHost second = RunningHost.Build<Simple>(storage, null, "--port", $"{first.Address.BaseUrl.Port}");
        Exception failure = await Assert.ThrowsAnyAsync<Exception>(() => second.StartAsync());
        Assert.Contains($"Port {first.Address.BaseUrl.Port} cannot be opened", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Starts_hosted_services_before_triggers_and_stops_them_after()
    {
        var order = new List<string>();
        await using (await RunningHost.StartAsync<Simple>(builder => builder.Services
            .AddSingleton<IHostExtension>(new Recording(order)).AddSingleton<IHostedService>(new Recording(order))))
        {
            Assert.Equal(["service started", "extension started"], order);
        }
        Assert.Equal(["extension stopped", "service stopped"], order.Skip(2));
    }

    private sealed class Recording(List<string> order) : IHostExtension, IHostedService
    {
        public string? TriggerType(Attribute triggerAttribute) => null;

        public bool CanBind(System.Reflection.ParameterInfo parameter) => false;

        public object? Bind(System.Reflection.ParameterInfo parameter, FunctionContext context) => null;

        Task IHostExtension.StartAsync(IReadOnlyList<FunctionMethod> functions, IFunctionInvoker invoker, CancellationToken cancellationToken) => Note("extension started");

        Task IHostExtension.StopAsync(CancellationToken cancellationToken) => Note("extension stopped");

        Task IHostedService.StartAsync(CancellationToken cancellationToken) => Note("service started");

        Task IHostedService.StopAsync(CancellationToken cancellationToken) => Note("service stopped");

        private Task Note(string what)
        {
            order.Add(what);
            return Task.CompletedTask;
        }
    }

    public class Functions
    {
        [Function("Hello")]
        public static HttpResponseData Hello(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "hello/{name:alpha}")] HttpRequestData request, string name) =>
            request.CreateResponse(name.Length > 0 ? HttpStatusCode.OK : HttpStatusCode.BadRequest);

        [Function("Keyed")]
        public static HttpResponseData Keyed([HttpTrigger(AuthorizationLevel.Function)] HttpRequestData request) => request.CreateResponse();

        [Function("Work")]
        public static void Work([QueueTrigger("%Jobs%")] string message) => Console.WriteLine(message);

        [Function("Tick")]
        public static void Tick([TimerTrigger("0 0 4 * * *")] TimerInfo timer) => Console.WriteLine(timer.IsPastDue);
    }

    public class Simple
    {
        [Function("simple")]
        public static HttpResponseData Hello([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) => request.CreateResponse();
    }

    public class Broken
    {
        [Function("twice")]
        public static void First([QueueTrigger("a")] string message) => Console.WriteLine(message);

        [Function("Twice")]
        public static void Second([QueueTrigger("b")] string message) => Console.WriteLine(message);

        [Function("NoTrigger")]
        public static void NoTrigger(string message) => Console.WriteLine(message);

        [Function("Unbound")]
        public static void Unbound([QueueTrigger("a")] string message, System.Net.Sockets.Socket socket) => socket.Send(new byte[message.Length]);

        [Function("Locked")]
        public static void Locked([HttpTrigger(AuthorizationLevel.Admin)] HttpRequestData request) => Console.WriteLine(request.Url);

        [Function("Hidden")]
        internal static void Hidden([QueueTrigger("a")] string message) => Console.WriteLine(message);
    }
}
