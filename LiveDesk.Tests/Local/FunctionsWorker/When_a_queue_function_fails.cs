using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Local.FunctionsWorker;

public class When_a_queue_function_fails
{
    private readonly Tries _tries = new();

    [Fact]
    public async Task Tries_five_times_and_moves_the_message_to_the_poison_queue()
    {
        await using RunningHost host = await RunningHost.StartAsync<Functions>(WithTries);
        QueueClient queue = await host.CreateQueueAsync("failing");
        await queue.SendMessageAsync("the message");
        PeekedMessage poisoned = await PoisonedAsync(host);
        Assert.Equal("the message", poisoned.Body.ToString());
        Assert.Equal([1, 2, 3, 4, 5], _tries.All.Select(tried => tried.DequeueCount));
        await Eventually.SeesAsync(async () => (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount, count => count == 0, "the queue is empty");
        Assert.Equal(5, host.Log.Errors.Count(line => line.StartsWith("Function.Failing", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Waits_for_the_retry_delay_before_the_next_try()
    {
        await using RunningHost host = await RunningHost.StartAsync<Functions>(WithTries, "--AzureFunctionsJobHost:extensions:queues:visibilityTimeout=00:00:02");
        await (await host.CreateQueueAsync("failing")).SendMessageAsync("x");
        await Eventually.IsTrueAsync(() => _tries.All.Count >= 2, "there was a second try");
        TimeSpan between = Stopwatch.GetElapsedTime(_tries.All.First().At, _tries.All.ElementAt(1).At);
        // Azurite counts visibility in whole seconds of its own clock.
        Assert.InRange(between.TotalSeconds, 1, 25);
    }

    [Fact]
    public async Task Honours_another_number_of_tries()
    {
        await using RunningHost host = await RunningHost.StartAsync<Functions>(WithTries, "--AzureFunctionsJobHost:extensions:queues:maxDequeueCount=1");
        await (await host.CreateQueueAsync("failing")).SendMessageAsync("x");
        await PoisonedAsync(host);
        Assert.Single(_tries.All);
    }

    [Fact]
    public async Task Moves_a_message_that_is_not_base64_without_running_the_function()
    {
        await using RunningHost host = await RunningHost.StartAsync<Functions>(WithTries);
        await host.CreateQueueAsync("failing");
        await new QueueClient(host.Storage.ConnectionString, "failing").SendMessageAsync("not base64!");
        var poison = new QueueClient(host.Storage.ConnectionString, "failing-poison");
        PeekedMessage moved = await Eventually.SeesAsync<PeekedMessage>(async () => (await poison.PeekMessageAsync()).Value, message => message is not null, "the message has moved");
        Assert.Equal("not base64!", moved.Body.ToString());
        Assert.Empty(_tries.All);
    }

    private static Task<PeekedMessage> PoisonedAsync(RunningHost host) => Eventually.SeesAsync<PeekedMessage>(
        async () => (await host.Queue("failing-poison").PeekMessageAsync()).Value, message => message is not null, "the message is in the poison queue");

    private void WithTries(FunctionsApplicationBuilder builder) => builder.Services.AddSingleton(_tries);

    public sealed class Tries
    {
        public ConcurrentQueue<(long DequeueCount, long At)> All { get; } = [];
    }

    public class Functions(Tries tries)
    {
        [Function("Failing")]
        public Task Failing([QueueTrigger("failing")] string message, long dequeueCount)
        {
            tries.All.Enqueue((dequeueCount, Stopwatch.GetTimestamp()));
            throw new InvalidOperationException($"cannot do {message}");
        }
    }
}
