using Azure.Storage.Queues;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Tests.Local.DurableTask;

public sealed class When_work_comes_in_bulk
{
    [Fact]
    public async Task Runs_two_hundred_instances_side_by_side()
    {
        await using DurableHost host = await DurableHost.StartAsync<Functions>();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            OrchestrationMetadata done = await host.RunAsync("TwoActivities", i, $"bulk-{i}");
            Assert.Equal(i + 2, done.ReadOutputAs<int>());
        }));
    }

    [Fact]
    public async Task Is_shared_by_two_hosts_on_one_hub_without_harm()
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        await using DurableHost one = await DurableHost.StartAsync<Functions>(storage);
        await using DurableHost two = await DurableHost.StartAsync<Functions>(storage);

        await Task.WhenAll(Enumerable.Range(0, 30).Select(async i =>
        {
            (DurableHost starter, DurableHost raiser) = i % 2 == 0 ? (one, two) : (two, one);
            string id = await starter.Client.ScheduleNewOrchestrationInstanceAsync("ActivityAndThreeEvents", i, new StartOrchestrationOptions($"shared-{i}"));
            await Task.WhenAll(
                raiser.Client.RaiseEventAsync(id, "a", 1), starter.Client.RaiseEventAsync(id, "b", 10), raiser.Client.RaiseEventAsync(id, "c", 100));
            Assert.Equal(i + 112, (await raiser.CompletionAsync(id)).ReadOutputAs<int>());
        }));
        Assert.Empty(one.Host.Log.Errors.Concat(two.Host.Log.Errors));
    }

    [Fact]
    public async Task Puts_unreadable_messages_aside_and_goes_on()
    {
        await using DurableHost host = await DurableHost.StartAsync<Functions>();
        foreach (string queue in new[] { "testhub-control-00", "testhub-workitems" })
            await host.Host.Queue(queue).SendMessageAsync("{ this is not a message");

        Assert.Equal(5, (await host.RunAsync("TwoActivities", 3)).ReadOutputAs<int>());
        foreach (string queue in new[] { "testhub-control-00", "testhub-workitems" })
        {
            QueueClient poison = host.Host.Queue(queue + "-poison");
            await Eventually.IsTrueAsync(async () => await poison.ExistsAsync() && (await poison.PeekMessagesAsync()).Value.Length == 1, $"{queue}-poison has it");
        }
    }

    [Fact]
    public async Task Runs_no_more_activities_at_a_time_than_host_json_allows()
    {
        await using DurableHost host = await DurableHost.StartAsync<Functions>(
            null, "--AzureFunctionsJobHost:extensions:durableTask:maxConcurrentActivityFunctions=2");

        OrchestrationMetadata done = await host.RunAsync("Crowd", 12);

        Assert.InRange(done.ReadOutputAs<int>(), 1, 2);
    }

    public class Functions
    {
        private static int s_atOnce;

        [Function("TwoActivities")]
        public static async Task<int> TwoActivities([OrchestrationTrigger] TaskOrchestrationContext context, int input) =>
            await context.CallActivityAsync<int>("PlusOne", await context.CallActivityAsync<int>("PlusOne", input));

        [Function("ActivityAndThreeEvents")]
        public static async Task<int> ActivityAndThreeEvents([OrchestrationTrigger] TaskOrchestrationContext context, int input)
        {
            int sum = await context.CallActivityAsync<int>("PlusOne", input);
            foreach (string name in new[] { "a", "b", "c" }) sum += await context.WaitForExternalEvent<int>(name);
            return sum;
        }

        [Function("PlusOne")]
        public static int PlusOne([ActivityTrigger] int number) => number + 1;

        [Function("Crowd")]
        public static async Task<int> Crowd([OrchestrationTrigger] TaskOrchestrationContext context, int input) =>
            (await Task.WhenAll(Enumerable.Range(0, input).Select(i => context.CallActivityAsync<int>("Member", i)))).Max();

        [Function("Member")]
        public static async Task<int> Member([ActivityTrigger] int number)
        {
            int seen = Interlocked.Increment(ref s_atOnce);
            using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20 + number % 2));
            await pause.WaitForNextTickAsync();
            Interlocked.Decrement(ref s_atOnce);
            return seen;
        }
    }
}
