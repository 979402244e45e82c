using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace LiveDesk.Tests.Local.DurableTask;

public sealed class When_an_orchestrator_waits_for_events(DurableHostOf<When_an_orchestrator_waits_for_events.Functions> host)
    : IClassFixture<DurableHostOf<When_an_orchestrator_waits_for_events.Functions>>
{
    private readonly DurableTaskClient _client = host.Running.Client;
    private readonly DurableHost _host = host.Running;

    [Fact]
    public async Task Hands_over_the_payload()
    {
        string id = await _client.ScheduleNewOrchestrationInstanceAsync("One");
        await _client.WaitForInstanceStartAsync(id);

        await _client.RaiseEventAsync(id, "answer", "yes");

        Assert.Equal("yes", (await _host.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Keeps_early_ones_in_order_whatever_the_case_of_their_name()
    {
        string id = await _client.ScheduleNewOrchestrationInstanceAsync("ThreeAfterAnActivity");
        foreach (string payload in new[] { "a", "b", "c" })
            await _client.RaiseEventAsync(id, "ANSWER", payload);

        Assert.Equal("abc", (await _host.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Times_out_with_a_cancellation()
    {
        OrchestrationMetadata done = await _host.RunAsync("Impatient");

        Assert.Equal("TaskCanceledException", done.ReadOutputAs<string>());
    }

    [Fact]
    public async Task Does_not_time_out_if_the_event_comes_first()
    {
        string id = await _client.ScheduleNewOrchestrationInstanceAsync("Patient");
        await _client.RaiseEventAsync(id, "answer", "in time");

        Assert.Equal("in time", (await _host.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Takes_those_of_other_orchestrations()
    {
        string receiver = await _client.ScheduleNewOrchestrationInstanceAsync("One");
        await _host.RunAsync("Sender", receiver);

        Assert.Equal("from a friend", (await _host.CompletionAsync(receiver)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Carries_unawaited_ones_over_when_it_begins_anew()
    {
        string id = await _client.ScheduleNewOrchestrationInstanceAsync("Counter", new Count(0, 4));
        for (int i = 1; i <= 4; i++)
            await _client.RaiseEventAsync(id, "add", i);

        Assert.Equal(10, (await _host.CompletionAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Refuses_to_raise_one_for_an_instance_that_does_not_exist() =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _client.RaiseEventAsync("nobody", "answer", 1));

    [Fact]
    public async Task Refuses_to_raise_one_for_an_instance_that_has_ended()
    {
        OrchestrationMetadata done = await _host.RunAsync("Impatient");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _client.RaiseEventAsync(done.InstanceId, "answer", 1));
    }

    public sealed record Count(int Sum, int Left);

    public class Functions
    {
        [Function("One")]
        public static Task<string> One([OrchestrationTrigger] TaskOrchestrationContext context) => context.WaitForExternalEvent<string>("Answer");

        [Function("ThreeAfterAnActivity")]
        public static async Task<string> Three([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("Nothing");
            string all = "";
            for (int i = 0; i < 3; i++) all += await context.WaitForExternalEvent<string>("answer");
            return all;
        }

        [Function("Nothing")]
        public static void Nothing([ActivityTrigger] string? input) => _ = input;

        [Function("Impatient")]
        public static async Task<string> Impatient([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            try
            {
                return await context.WaitForExternalEvent<string>("answer", TimeSpan.FromMilliseconds(50));
            }
            catch (OperationCanceledException e)
            {
                return e.GetType().Name;
            }
        }

        [Function("Patient")]
        public static Task<string> Patient([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.WaitForExternalEvent<string>("answer", TimeSpan.FromDays(30));

        [Function("Sender")]
        public static void Sender([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.SendEvent(context.GetInput<string>()!, "answer", "from a friend");

        [Function("Counter")]
        public static async Task<int> Counter([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            Count count = context.GetInput<Count>()!;
            if (count.Left == 0) return count.Sum;
            int added = await context.WaitForExternalEvent<int>("add");
            context.ContinueAsNew(new Count(count.Sum + added, count.Left - 1));
            return -1;
        }
    }
}
