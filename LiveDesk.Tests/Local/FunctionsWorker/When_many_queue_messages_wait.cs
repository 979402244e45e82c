using System.Diagnostics;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_many_queue_messages_wait
{
    private readonly Gate _gate = new();
    private readonly StorageCounter _storage = new();

    [Fact]
    public async Task Runs_no_more_than_a_batch_and_the_threshold_at_once()
    {
        // The messages are there first, so that the first poll finds a whole batch.
        StorageAccount storage = await TestStorage.NewAccountAsync();
        var queue = new QueueClient(storage.ConnectionString, "gated", new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });
        await queue.CreateIfNotExistsAsync();
        for (int i = 0; i < 9; i++)
            await queue.SendMessageAsync($"{i}");
        await using RunningHost host = await RunningHost.StartAsync<Functions>(
            storage, Configure, "--AzureFunctionsJobHost:extensions:queues:batchSize=2", "--AzureFunctionsJobHost:extensions:queues:newBatchThreshold=1");
        await _gate.SeesInsideAsync(2);
        // One done leaves one running, which is the threshold: a batch of two joins it.
        _gate.LetPass(1);
        await _gate.SeesInsideAsync(3);
        for (int passed = 1; passed < 9; passed++)
        {
            _gate.LetPass(1);
            await _gate.SeesEnteredAsync(Math.Min(9, passed + 2));
        }
        await _gate.SeesInsideAsync(0);
        Assert.Equal((9, 3), (_gate.Entered, _gate.MostInside));
    }

    [Fact]
    public async Task Keeps_the_lease_of_a_message_whose_function_takes_longer()
    {
        await using RunningHost host = await RunningHost.StartAsync<Functions>(Configure, "--LocalHost:QueueLease=00:00:01");
        QueueClient queue = await host.CreateQueueAsync("gated");
        await queue.SendMessageAsync("x");
        await _gate.SeesInsideAsync(1);
        await Eventually.IsTrueAsync(() => _storage.Count("PUT", "/gated/messages/") >= 4, "the lease was renewed over two seconds");
        Assert.Equal(1, _gate.Entered);
        _gate.LetPass(1);
        await Eventually.IsTrueAsync(() => _storage.Count("DELETE", "/gated/messages/") == 1, "the message is deleted");
        await Eventually.SeesAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0, "the queue is empty");
        Assert.Equal(1, _gate.Entered);
    }

    [Fact]
    public async Task Polls_an_idle_queue_ever_more_rarely()
    {
        long started = Stopwatch.GetTimestamp();
        await using RunningHost host = await RunningHost.StartAsync<Functions>(Configure, "--AzureFunctionsJobHost:extensions:queues:maxPollingInterval=00:01:00");
        QueueClient queue = await host.CreateQueueAsync("gated");
        await Eventually.IsTrueAsync(() => _storage.Count("GET", "/gated/messages") >= 5, "there were five polls");
        // Pauses of 100, 200, 400 and 800 ms lie between them.
        Assert.True(Stopwatch.GetElapsedTime(started) > TimeSpan.FromMilliseconds(1450));
        await queue.SendMessageAsync("x");
        await _gate.SeesInsideAsync(1);
        _gate.LetPass(1);
    }

    private void Configure(FunctionsApplicationBuilder builder) =>
        builder.Services.AddSingleton(_gate).AddSingleton<HttpPipelinePolicy>(_storage);

    public class Functions(Gate gate)
    {
        [Function("Gated")]
        public Task Gated([QueueTrigger("gated")] string message, CancellationToken cancellationToken) =>
            message.Length > 0 ? gate.PassAsync(cancellationToken) : Task.CompletedTask;
    }
}
