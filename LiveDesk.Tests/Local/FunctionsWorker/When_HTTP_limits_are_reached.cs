using System.Net;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_HTTP_limits_are_reached
{
    private readonly Gate _gate = new();

    [Fact]
    public async Task Lets_requests_wait_and_answers_429_to_those_beyond()
    {
        await using RunningHost host = await StartAsync(
            "--AzureFunctionsJobHost:extensions:http:maxConcurrentRequests=1", "--AzureFunctionsJobHost:extensions:http:maxOutstandingRequests=2");
        Task<HttpResponseMessage>[] requests = [.. Enumerable.Range(0, 3).Select(_ => host.Http.GetAsync("api/gated"))];
        using (HttpResponseMessage refused = await await Task.WhenAny(requests))
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        await _gate.SeesInsideAsync(1);
        _gate.LetPass(2);
        HttpResponseMessage[] all = await Task.WhenAll(requests);
        Assert.Equal(2, all.Count(response => response.StatusCode == HttpStatusCode.OK));
        Assert.Equal((2, 1), (_gate.Entered, _gate.MostInside));
    }

    [Theory]
    [InlineData(1000, HttpStatusCode.OK)]
    [InlineData(1001, HttpStatusCode.RequestEntityTooLarge)]
    public async Task Answers_413_to_a_body_beyond_the_limit(int length, HttpStatusCode expected)
    {
        await using RunningHost host = await StartAsync("--FUNCTIONS_REQUEST_BODY_SIZE_LIMIT=1000");
        _gate.LetPass(1);
        using HttpResponseMessage response = await host.Http.PostAsync("api/gated", new ByteArrayContent(new byte[length]));
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, _gate.Entered);
    }

    [Fact]
    public async Task Asks_for_the_function_key_where_the_function_does()
    {
        await using RunningHost host = await StartAsync("--LocalHost:FunctionKey=open sesame");
        _gate.LetPass(2);
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "api/keyed", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "api/keyed?code=guess", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(host, "api/keyed", "guess"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "api/keyed", "open sesame"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(host, "api/keyed?code=open%20sesame", null));
        Assert.Equal(2, _gate.Entered);
    }

    [Fact]
    public async Task Cancels_a_function_whose_time_is_up_and_answers_500()
    {
        await using RunningHost host = await StartAsync("--AzureFunctionsJobHost:functionTimeout=00:00:00.300");
        using HttpResponseMessage response = await host.Http.GetAsync("api/gated");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(0, _gate.Inside);
        Assert.Contains(host.Log.Errors, line => line.Contains("Timeout value of 00:00:00.3000000 was exceeded by function: gated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancels_a_function_whose_caller_goes_away()
    {
        await using RunningHost host = await StartAsync();
        using var caller = new CancellationTokenSource();
        Task<HttpResponseMessage> request = host.Http.GetAsync("api/gated", caller.Token);
        await _gate.SeesInsideAsync(1);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await _gate.SeesInsideAsync(0);
        Assert.Empty(host.Log.Errors);
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningHost host, string path, string? key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
            request.Headers.Add("x-functions-key", key);
        using HttpResponseMessage response = await host.Http.SendAsync(request);
        return response.StatusCode;
    }

    private Task<RunningHost> StartAsync(params string[] args) =>
        RunningHost.StartAsync<Functions>(builder => builder.Services.AddSingleton(_gate), args);

    public class Functions(Gate gate)
    {
        [Function("gated")]
        public async Task<HttpResponseData> Gated([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request, FunctionContext context)
        {
            await gate.PassAsync(context.CancellationToken);
            return request.CreateResponse();
        }

        [Function("keyed")]
        public async Task<HttpResponseData> Keyed([HttpTrigger("get")] HttpRequestData request)
        {
            await gate.PassAsync();
            return request.CreateResponse();
        }
    }
}
