using System.Net;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_a_function_returns_queue_messages : IClassFixture<HostOf<When_a_function_returns_queue_messages.Functions>>
{
    private readonly RunningHost _host;

    public When_a_function_returns_queue_messages(HostOf<Functions> host) => _host = host.Running;

    [Fact]
    public async Task Sends_each_element_and_creates_the_queue()
    {
        using HttpResponseMessage response = await _host.Http.GetAsync("api/several");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(["one", "two"], await MessagesAsync("several-out"));
    }

    [Fact]
    public async Task Answers_and_sends_from_the_properties_of_one_result()
    {
        using HttpResponseMessage response = await _host.Http.GetAsync("api/both");
        Assert.Equal((HttpStatusCode.Created, "made"), (response.StatusCode, await response.Content.ReadAsStringAsync()));
        Assert.Equal(["{\"Number\":7}"], await MessagesAsync("objects-out"));
        Assert.Equal(["bytes"], await MessagesAsync("bytes-out"));
        Assert.False(await _host.Queue("nothing-out").ExistsAsync());
    }

    [Fact]
    public async Task Passes_them_on_to_a_function_of_that_queue()
    {
        await _host.CreateQueueAsync("chain-in");
        await _host.Queue("chain-in").SendMessageAsync("a");
        Assert.Equal("a>b>c", await Eventually.SeesAsync<string?>(
            async () => (await MessagesAsync("chain-out")).FirstOrDefault(), message => message is not null, "the chain has run"));
    }

    private async Task<string[]> MessagesAsync(string queue)
    {
        PeekedMessage[] messages = await _host.Queue(queue).PeekMessagesAsync(10);
        return [.. messages.Select(message => message.Body.ToString())];
    }

    public sealed record Order(int Number);

    public sealed class Both
    {
        [HttpResult]
        public required HttpResponseData Response { get; init; }

        [QueueOutput("objects-out")]
        public Order? Order { get; init; }

        [QueueOutput("bytes-out")]
        public byte[]? Bytes { get; init; }

        [QueueOutput("nothing-out")]
        public string? Nothing { get; init; }
    }

    public class Functions
    {
        [Function("several")]
        [QueueOutput("several-out")]
        public static Task<string[]> Several([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request) =>
            Task.FromResult<string[]>([request.Url.AbsolutePath.Length > 0 ? "one" : "", "two"]);

        [Function("both")]
        public static async Task<Both> Both([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequestData request)
        {
            HttpResponseData response = request.CreateResponse(HttpStatusCode.Created);
            await response.WriteStringAsync("made");
            return new Both { Response = response, Order = new Order(7), Bytes = "bytes"u8.ToArray() };
        }

        [Function("ChainStart")]
        [QueueOutput("chain-middle")]
        public static string Start([QueueTrigger("chain-in")] string message) => message + ">b";

        [Function("ChainEnd")]
        [QueueOutput("chain-out")]
        public static string End([QueueTrigger("chain-middle")] string message) => message + ">c";
    }
}
