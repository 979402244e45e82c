using System.Net;
using Azure.Storage.Queues;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_the_host_is_told_to_stop
{
    [Fact]
    public async Task Lets_a_running_request_and_a_running_message_finish()
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        QueueClient slow = await QueueAsync(storage, "slow"), gate = await QueueAsync(storage, "gate");
        using var folder = new TemporaryFolder();
        using var child = ChildHost.Start<Functions>(folder.Path, $"--AzureWebJobsStorage={storage.ConnectionString}");
        using var http = new HttpClient { BaseAddress = await child.AddressAsync() };
        await slow.SendMessageAsync("x");
        Task<HttpResponseMessage> request = http.GetAsync("api/slow");
        await child.SeesAsync("message started");
        await child.SeesAsync("request started");

        child.Signal("TERM");
        await Eventually.IsTrueAsync(async () => !await AcceptsAsync(http.BaseAddress!), "the port is closed");
        await gate.SendMessageAsync("open");
        await gate.SendMessageAsync("open");

        using HttpResponseMessage response = await request;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(0, await child.ExitCodeAsync());
        Assert.Contains("message finished", child.Output, StringComparison.Ordinal);
        Assert.Equal(0, (await slow.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Cuts_off_at_the_limit_what_does_not_finish_and_leaves_its_message()
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        QueueClient slow = await QueueAsync(storage, "slow");
        await QueueAsync(storage, "gate");
        using var folder = new TemporaryFolder();
        using var child = ChildHost.Start<Functions>(
            folder.Path, $"--AzureWebJobsStorage={storage.ConnectionString}", "--LocalHost:DrainTimeout=00:00:00.5");
        await child.AddressAsync();
        await slow.SendMessageAsync("x");
        await child.SeesAsync("message started");
        child.Signal("TERM");
        Assert.Equal(0, await child.ExitCodeAsync());
        Assert.Contains("cut off", child.Output, StringComparison.Ordinal);
        Assert.Equal(1, (await slow.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Fact]
    public async Task Ends_at_once_on_a_second_signal()
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        QueueClient slow = await QueueAsync(storage, "slow");
        await QueueAsync(storage, "gate");
        using var folder = new TemporaryFolder();
        using var child = ChildHost.Start<Functions>(folder.Path, $"--AzureWebJobsStorage={storage.ConnectionString}");
        Uri address = await child.AddressAsync();
        await slow.SendMessageAsync("x");
        await child.SeesAsync("message started");
        child.Signal("TERM");
        await Eventually.IsTrueAsync(async () => !await AcceptsAsync(address), "the drain has begun");
        child.Signal("TERM");
        Assert.Equal(143, await child.ExitCodeAsync());
    }

    private static async Task<QueueClient> QueueAsync(StorageAccount storage, string name)
    {
        var queue = new QueueClient(storage.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    private static async Task<bool> AcceptsAsync(Uri address)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    /// <summary>Each run waits until it can take a message from the queue "gate".</summary>
    public class Functions
    {
        [Function("slow")]
        public static async Task<HttpResponseData> Slow(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequestData request, FunctionContext context)
        {
            Console.WriteLine("request started");
            await PassGateAsync(context.CancellationToken);
            return request.CreateResponse();
        }

        [Function("SlowMessage")]
        public static async Task SlowMessage([QueueTrigger("slow")] string message, CancellationToken cancellationToken)
        {
            Console.WriteLine($"message started {message}");
            await PassGateAsync(cancellationToken);
            Console.WriteLine("message finished");
        }

        private static async Task PassGateAsync(CancellationToken cancellationToken)
        {
            string connection = Environment.GetCommandLineArgs().Single(arg => arg.StartsWith("--AzureWebJobsStorage=", StringComparison.Ordinal)).Split('=', 2)[1];
            var gate = new QueueClient(connection, "gate");
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while ((await gate.ReceiveMessageAsync(cancellationToken: cancellationToken)).Value is null)
                await pause.WaitForNextTickAsync(cancellationToken);
        }
    }
}
