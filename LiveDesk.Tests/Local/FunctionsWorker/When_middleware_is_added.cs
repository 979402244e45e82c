using System.Collections.Concurrent;
using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_middleware_is_added
{
    private readonly Steps _steps = new();

    [Fact]
    public async Task Runs_it_around_the_function_in_the_order_of_registration()
    {
        await using RunningHost host = await StartAsync(builder =>
        {
            builder.UseMiddleware<Outer>();
            builder.UseMiddleware(async (_, next) =>
            {
                _steps.Add("inner in");
                await next();
                _steps.Add("inner out");
            });
            builder.UseWhen(context => context.FunctionDefinition.Name == "other", (_, next) => throw new InvalidOperationException("not for this one"));
        });
        Assert.Equal("Ida", await host.Http.GetStringAsync("api/hello?name=Ida"));
        Assert.Equal(["outer in GET", "inner in", "hello", "inner out", "outer out OK"], _steps.All);
    }

    [Fact]
    public async Task May_answer_instead_of_the_function()
    {
        await using RunningHost host = await StartAsync(builder => builder.UseMiddleware(async (context, _) =>
        {
            HttpRequestData request = (await context.GetHttpRequestDataAsync())!;
            context.GetInvocationResult().Value = request.CreateResponse(HttpStatusCode.PaymentRequired);
        }));
        using HttpResponseMessage response = await host.Http.GetAsync("api/hello");
        Assert.Equal(HttpStatusCode.PaymentRequired, response.StatusCode);
        Assert.Empty(_steps.All);
    }

    [Fact]
    public async Task May_turn_an_exception_into_an_answer()
    {
        await using RunningHost host = await StartAsync(builder => builder.UseMiddleware(async (context, next) =>
        {
            try
            {
                await next();
            }
            catch (InvalidOperationException e)
            {
                HttpResponseData response = (await context.GetHttpRequestDataAsync())!.CreateResponse(HttpStatusCode.Conflict);
                await response.WriteStringAsync(e.Message);
                context.GetInvocationResult().Value = response;
            }
        }));
        using HttpResponseMessage response = await host.Http.GetAsync("api/failing");
        Assert.Equal((HttpStatusCode.Conflict, "no"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Empty(host.Log.Errors);
    }

    [Fact]
    public async Task Sees_and_changes_inputs_results_and_output_properties()
    {
        await using RunningHost host = await StartAsync(builder =>
        {
            builder.UseWhen(context => context.FunctionDefinition.Name == "doubled", async (context, next) =>
            {
                BindingMetadata trigger = context.FunctionDefinition.InputBindings.Values.Single();
                InputBindingData<Person> person = await context.BindInputAsync<Person>(trigger);
                person.Value = person.Value! with { Name = person.Value.Name + person.Value.Name };
                await next();
                Assert.Equal("BoBo", context.GetInvocationResult<Person>().Value!.Name);
            });
            builder.UseWhen(context => context.FunctionDefinition.Name == "wrapped", async (context, next) =>
            {
                await next();
                context.GetHttpResponseData()!.Headers.Add("X-Late", "yes");
                Assert.Null(context.GetInvocationResult().Value);
            });
        });
        using HttpResponseMessage doubled = await host.Http.PostAsync("api/doubled", new StringContent("{\"name\":\"Bo\"}"));
        Assert.Equal("{\"Name\":\"BoBo\"}", await doubled.Content.ReadAsStringAsync());
        using HttpResponseMessage wrapped = await host.Http.GetAsync("api/wrapped");
        Assert.Equal((HttpStatusCode.OK, "yes"), (wrapped.StatusCode, wrapped.Headers.GetValues("X-Late").Single()));
    }

    [Fact]
    public async Task Gives_every_invocation_a_scope_and_a_fresh_instance_that_are_disposed()
    {
        await using RunningHost host = await StartAsync();
        string first = await host.Http.GetStringAsync("api/scoped"), second = await host.Http.GetStringAsync("api/scoped");
        Assert.Equal("same scope", first.Split('|')[0]);
        Assert.NotEqual(first.Split('|')[1], second.Split('|')[1]);
        Assert.Equal(["functions disposed", "scope disposed", "functions disposed", "scope disposed"], _steps.All);
    }

    private Task<RunningHost> StartAsync(Action<FunctionsApplicationBuilder>? configure = null) => RunningHost.StartAsync<Functions>(builder =>
    {
        builder.Services.AddSingleton(_steps).AddScoped<Scoped>();
        configure?.Invoke(builder);
    });

    public sealed record Person(string Name);

    public sealed class Wrapped
    {
        public required HttpResponseData Response { get; init; }
    }

    public sealed class Steps
    {
        private readonly ConcurrentQueue<string> _all = [];

        public IReadOnlyCollection<string> All => _all;

        public void Add(string step) => _all.Enqueue(step);
    }

    public sealed class Scoped(Steps steps) : IDisposable
    {
        public Guid Id { get; } = Guid.NewGuid();

        public void Dispose() => steps.Add("scope disposed");
    }

    public sealed class Outer(Steps steps) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            steps.Add($"outer in {(await context.GetHttpRequestDataAsync())!.Method}");
            await next(context);
            steps.Add($"outer out {context.GetHttpResponseData()!.StatusCode}");
        }
    }

    public class Functions(Steps steps, IServiceProvider services) : IDisposable
    {
        private bool _tell;

        [Function("hello")]
        public async Task<HttpResponseData> Hello([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request, string? name)
        {
            steps.Add("hello");
            HttpResponseData response = request.CreateResponse();
            await response.WriteStringAsync(name ?? "");
            return response;
        }

        [Function("other")]
        public static void Other([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) => request.CreateResponse();

        [Function("failing")]
        public static void Failing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) =>
            throw new InvalidOperationException(request.Method.Length > 0 ? "no" : "");

        [Function("doubled")]
        public static Person Doubled([HttpTrigger(AuthorizationLevel.Anonymous, "post")] Person person) => person;

        [Function("wrapped")]
        public static Wrapped Wrapping([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) => new() { Response = request.CreateResponse() };

        [Function("scoped")]
        public string Scope([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request, FunctionContext context)
        {
            _tell = true;
            Guid mine = services.GetRequiredService<Scoped>().Id, contexts = context.InstanceServices.GetRequiredService<Scoped>().Id;
            return $"{(mine == contexts ? "same" : "another")} scope|{mine}|{request.Method}";
        }

        public void Dispose()
        {
            if (_tell)
                steps.Add("functions disposed");
        }
    }
}
