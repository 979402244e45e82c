using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace LiveDesk.Tests.Local.DurableTask;

public sealed class When_transactions_are_counted
{
    [Fact]
    public async Task Needs_nine_to_start_run_an_activity_and_wait_and_three_more_to_end()
    {
        await using DurableHost host = await DurableHost.StartAsync<Functions>();
        host.Transactions.Clear();

        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("ActivityThenEvent");
        await Eventually.SeesAsync(() => host.Transactions.Work.Count(line => line == "delete control"), n => n == 2, "two steps are over");
        Assert.Equal(
            [
                "commit", "commit", "delete control", "delete control", "delete work item", "insert row", "put control", "put control", "put work item",
            ],
            host.Transactions.Work.Order());

        host.Transactions.Clear();
        await host.Client.RaiseEventAsync(id, "go", 1);
        await Eventually.SeesAsync(() => host.Transactions.Work.Count(line => line == "delete control"), n => n == 1, "the last step is over");
        Assert.Equal(["put control", "commit", "delete control"], host.Transactions.Work);
    }

    [Fact]
    public async Task Needs_one_to_set_a_timer_and_one_to_forget_it()
    {
        await using DurableHost host = await DurableHost.StartAsync<Functions>();
        host.Transactions.Clear();

        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("EventOrTimer");
        await Eventually.SeesAsync(() => host.Transactions.Work.Count(line => line == "delete control"), n => n == 1, "the first step is over");
        Assert.Equal(["commit", "delete control", "insert row", "put control", "put control"], host.Transactions.Work.Order());

        host.Transactions.Clear();
        await host.Client.RaiseEventAsync(id, "go", 1);
        await Eventually.SeesAsync(() => host.Transactions.Work.Count(line => line == "delete control"), n => n == 2, "event and timer are gone");
        Assert.Equal(["commit", "delete control", "delete control", "put control"], host.Transactions.Work.Order());
    }

    public class Functions
    {
        [Function("ActivityThenEvent")]
        public static async Task<int> ActivityThenEvent([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            await context.CallActivityAsync("Nothing", "x");
            return await context.WaitForExternalEvent<int>("go");
        }

        [Function("EventOrTimer")]
        public static Task<int> EventOrTimer([OrchestrationTrigger] TaskOrchestrationContext context) =>
            context.WaitForExternalEvent<int>("go", TimeSpan.FromDays(3));

        [Function("Nothing")]
        public static void Nothing([ActivityTrigger] string input) => _ = input;
    }
}
