using LiveDesk.Local.Durable;
using LiveDesk.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;

namespace LiveDesk.Tests.Local.DurableTask;

public sealed class When_an_orchestrator_waits_for_a_timer
{
    [Fact]
    public async Task Wakes_up_weeks_later_by_the_clock_in_use()
    {
        var clock = new FakeClock();
        await using DurableHost host = await DurableHost.StartAsync<Functions>(clock);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Sleep", TimeSpan.FromDays(30));
        await TimersAreSet(host, 1);

        clock.Advance(TimeSpan.FromDays(29));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.Client.GetInstanceAsync(id))!.RuntimeStatus);
        clock.Advance(TimeSpan.FromDays(1));

        OrchestrationMetadata done = await host.CompletionAsync(id);
        Assert.Equal(TimeSpan.FromDays(30), done.ReadOutputAs<TimeSpan>());
    }

    [Fact]
    public async Task Goes_on_after_a_cancelled_one_and_leaves_no_message_behind()
    {
        var clock = new FakeClock();
        await using DurableHost host = await DurableHost.StartAsync<Functions>(clock);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("SleepOrBeWoken");
        await TimersAreSet(host, 1);

        await host.Client.RaiseEventAsync(id, "wake", true);

        Assert.Equal("woken", (await host.CompletionAsync(id)).ReadOutputAs<string>());
        await TimersAreSet(host, 0);
    }

    [Fact]
    public async Task Is_not_over_before_a_timer_that_it_forgot_to_cancel()
    {
        var clock = new FakeClock();
        await using DurableHost host = await DurableHost.StartAsync<Functions>(clock);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Forgetful");
        await TimersAreSet(host, 1);
        Assert.False((await host.Client.GetInstanceAsync(id))!.IsCompleted);

        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("done", (await host.CompletionAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Starts_an_instance_only_when_its_time_has_come()
    {
        var clock = new FakeClock();
        await using DurableHost host = await DurableHost.StartAsync<Functions>(clock);
        string id = await host.Client.ScheduleNewOrchestrationInstanceAsync(
            "Sleep", TimeSpan.Zero, new StartOrchestrationOptions("later", clock.GetUtcNow().AddDays(2)));
        await TimersAreSet(host, 1);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.Client.GetInstanceAsync(id))!.RuntimeStatus);

        clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.CompletionAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task Fires_after_a_restart_if_it_was_due_meanwhile()
    {
        StorageAccount storage = await TestStorage.NewAccountAsync();
        DateTimeOffset due;
        await using (DurableHost first = await DurableHost.StartAsync<Functions>(storage))
        {
            await first.Client.ScheduleNewOrchestrationInstanceAsync("Sleep", TimeSpan.FromSeconds(1.5), new StartOrchestrationOptions("sleeper"));
            await TimersAreSet(first, 1);
            due = DateTimeOffset.UtcNow.AddSeconds(1.5);
        }
        await Eventually.IsTrueAsync(() => DateTimeOffset.UtcNow > due, "the timer is due");

        await using DurableHost second = await DurableHost.StartAsync<Functions>(storage);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await second.CompletionAsync("sleeper")).RuntimeStatus);
    }

    private static Task<int> TimersAreSet(DurableHost host, int count) => Eventually.SeesAsync(
        () => host.Host.Services.GetRequiredService<HubWorker>().WaitingTimers, waiting => waiting == count, $"{count} timers wait");

    public class Functions
    {
        [Function("Sleep")]
        public static async Task<TimeSpan> Sleep([OrchestrationTrigger] TaskOrchestrationContext context, TimeSpan input)
        {
            DateTime began = context.CurrentUtcDateTime;
            await context.CreateTimer(input, CancellationToken.None);
            return context.CurrentUtcDateTime - began;
        }

        [Function("SleepOrBeWoken")]
        public static async Task<string> SleepOrBeWoken([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            using var stop = new CancellationTokenSource();
            Task timer = context.CreateTimer(TimeSpan.FromDays(1), stop.Token);
            Task<bool> wake = context.WaitForExternalEvent<bool>("wake");
            if (await Task.WhenAny(timer, wake) != wake) return "slept";
#pragma warning disable CA1849 // an orchestrator's steps are synchronous
            stop.Cancel();
#pragma warning restore CA1849
            return "woken";
        }

        [Function("Forgetful")]
        public static string Forgetful([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return "done";
        }
    }
}
